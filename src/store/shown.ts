/**
 * The moment of the run that is on screen: the newest, or one of its past. Whatever shows predictions, attention or figures
 * reads them here, and need not know which of the two it is.
 */
import type { Experiment } from '../config/experiment';
import type { Problem } from '../config/problems';
import type { EvaluationPoint, Probe } from '../config/results';
import { newestOf } from './initialState';
import { stageOf } from './stage';
import type { PlaygroundState } from './state';

type Shown<K extends keyof PlaygroundState> = Pick<PlaygroundState, 'past' | K>;

/** What the models say of the sentence. */
export const shownProbe = ({ past, probe }: Shown<'probe'>): Probe | null => past?.probe ?? probe;

/** The sentence that they are asked, or were. */
export const shownSentence = ({ past, sentence }: Shown<'sentence'>): string =>
  past?.probe.sentence ?? sentence;

/** What is wrong with the sentence; what was recorded was read. */
export const shownProblem = ({ past, sentenceProblem }: Shown<'sentenceProblem'>): Problem | null =>
  past ? null : sentenceProblem;

/** The step that is looked at; null where that is the newest. */
export const pastStep = ({ past }: Shown<never>): number | null => past?.step ?? null;

/** The stage, counted from 0. */
export const shownStageNumber = ({ past, status }: Shown<'status'>): number =>
  past?.stage ?? status.stage ?? 0;

/** The same as an experiment of its own. */
export const shownStage = (state: Shown<'experiment' | 'status'>): Experiment =>
  stageOf(state.experiment, shownStageNumber(state));

/** The newest evaluation of each extent by then, in that stage. */
export function shownEvaluations(state: Shown<'history' | 'latestFull' | 'latestSample'>): {
  latestFull: EvaluationPoint | null;
  latestSample: EvaluationPoint | null;
} {
  const { past, history, latestFull, latestSample } = state;
  if (!past) return { latestFull, latestSample };
  const evaluations = history.evaluations.filter(({ step }) => step <= past.step);
  return newestOf({ ...history, evaluations }, past.stage);
}
