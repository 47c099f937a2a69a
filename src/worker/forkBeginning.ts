/** A run that is another one up to a step: the state nearest before that step, and what is to be done again from there. */
import { difference, withoutChanges } from '../config/compare';
import type { Experiment } from '../config/experiment';
import { isApartAfter } from '../config/forks';
import type { Recording } from '../config/recording';
import type { NumberChange, RunHistory } from '../config/results';
import { stageOfState, stepsOf } from '../config/stages';
import { upTo, withSpokenForPoints } from '../protocol/history';
import type { OpenRequest } from '../protocol/messages';
import { withSpokenForModels } from '../protocol/recording';
import type { Snapshot } from '../train/snapshot';
import type { Beginning, Kept } from './kept';
import { recordedUpTo } from './recorder';
import type { Run } from './run';
import { presentExperiment } from './savedRun';
import type { SessionParts } from './sessionParts';

type Runs = SessionParts['runs'];

/** A run of which another one may be a fork. */
interface Origin {
  birth: string;
  /** With its numbers of now. */
  experiment: Experiment;
  changes: readonly NumberChange[];
  history: RunHistory;
  sentence: string;
  fingerprint: string;
  /** By step the states that there are; null: on disk. */
  states: Map<number, Pick<Kept, 'snapshot' | 'history'> | null>;
  /** Steps of states on the way that are on disk under the name of the tab. */
  onDisk: readonly number[];
  recording: () => Promise<Recording | null>;
}

/**
 * @param before the run that is open until then
 * @returns null where the asked run is no fork of it, or, where none is open, of the one that this tab has on disk
 */
export async function findFork(
  { experiment, at, tab }: Pick<OpenRequest, 'experiment' | 'tab'> & { at: number },
  before: Run | null,
  runs: Runs,
): Promise<Beginning | null> {
  const origin = before ? ofOpen(before) : await ofDisk(tab, runs).catch(() => null);
  if (!origin || !isForkOf(experiment, origin, at)) return null;
  const found = await nearestState(origin, at, tab, runs);
  const step = found?.snapshot.step ?? 0;
  const changes = origin.changes.filter((change) => change.step <= at);
  const then = withoutChanges(
    experiment,
    changes.filter((change) => change.step > step),
  );
  const { sentence, fingerprint } = origin;
  const kept = found && {
    snapshot: found.snapshot,
    experiment: then,
    history: pastOf(found.history ?? origin.history, changes, step, experiment),
    sentence,
  };
  const whole = await origin.recording();
  const recording = whole && withSpokenForModels(recordedUpTo(whole, at, experiment), experiment.arms);
  const checkpoints = origin.onDisk.filter((own) => own < step);
  return { kept, experiment: then, fingerprint, recording, redo: { step: at, changes }, checkpoints };
}

function ofOpen({ training, sources }: Run): Origin {
  const { account, course, keeper, reached, recorder } = training;
  const states: Origin['states'] = new Map();
  for (const { step, kept } of keeper.ways.upTo(Number.POSITIVE_INFINITY)) states.set(step, kept);
  for (const kept of [...keeper.borders.values(), ...(keeper.kept ? [keeper.kept] : [])]) {
    states.set(kept.snapshot.step, kept);
  }
  return {
    birth: reached.birth,
    experiment: course.experiment,
    changes: reached.changes,
    history: account.history,
    sentence: account.sentence,
    fingerprint: sources.fingerprint,
    states,
    onDisk: keeper.ways.onDiskBefore(Number.POSITIVE_INFINITY),
    recording: async () => recorder.recording,
  };
}

async function ofDisk(tab: string, runs: Runs): Promise<Origin | null> {
  const loaded = await runs.loadRun(tab);
  if (loaded.kind !== 'run') return null;
  const { record, arms, reached } = loaded.run;
  const { birth, history, sentence, fingerprint, borders = [], checkpoints = [] } = record;
  const states: Origin['states'] = new Map([...borders, ...checkpoints].map((step) => [step, null]));
  if (record.step > 0) states.set(record.step, { snapshot: { step: record.step, arms }, history });
  return {
    ...{ birth, history, sentence, fingerprint, states, onDisk: checkpoints },
    experiment: presentExperiment(loaded.run),
    changes: reached?.changes ?? history.changes,
    recording: () => runs.loadRecording(tab, record, stepsOf(record.experiment)).catch(() => null),
  };
}

/** True where both are the same run up to the step, with the same numbers there. */
function isForkOf(asked: Experiment, { experiment, changes }: Origin, step: number): boolean {
  const then = withoutChanges(
    experiment,
    changes.filter((change) => change.step > step),
  );
  const upToThere = (whole: Experiment): Experiment => ({
    ...whole,
    arms: whole.arms.filter((arm) => isApartAfter(arm, step)),
  });
  // Changes are of arms by their places.
  const inPlace = experiment.arms.every(({ id }, i) => asked.arms[i]?.id === id);
  return inPlace && step < stepsOf(asked) && difference(upToThere(then), upToThere(asked)) === 'none';
}

/** The newest state at or before a step that can be read; null where that is the one of step 0. */
async function nearestState(
  { states, birth }: Origin,
  at: number,
  tab: string,
  runs: Runs,
): Promise<{ snapshot: Snapshot; history: RunHistory | null } | null> {
  const steps = [...states.keys()].filter((step) => step <= at && step > 0).sort((a, b) => b - a);
  for (const step of steps) {
    const known = states.get(step);
    if (known) return known;
    const found = await runs
      .loadBorder(tab, (record) => (record.birth === birth ? step : null))
      .catch(() => null);
    if (found) return { snapshot: { step, arms: found.arms }, history: null };
  }
  return null;
}

/** The curves of a run by a step, with those of arms that were others by then. */
function pastOf(
  history: RunHistory,
  changes: readonly NumberChange[],
  step: number,
  experiment: Experiment,
): RunHistory {
  const past = upTo({ ...history, changes: [] }, step);
  const stage = stageOfState(experiment, step);
  const own = {
    ...past,
    evaluations: past.evaluations.filter((point) => (point.stage ?? 0) <= stage),
    changes: changes.filter((change) => change.step <= step),
  };
  return withSpokenForPoints(own, experiment.arms);
}
