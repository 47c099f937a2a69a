/** What T means at the moment: the one that people look at, and those that students train at. */
import type { Arm } from '../config/experiment';
import { isSoftened } from '../config/objective';
import type { NumberChange, RunState } from '../config/results';
import { pathInStage } from '../config/stages';

/** A temperature of training, and who trains at it. */
export interface TrainedAt {
  temperature: number;
  /** Indices of the arms, from 0. */
  arms: number[];
}

export interface Temperatures {
  /** T at which distributions are drawn. */
  view: number;
  /** T of the arms that learn softened targets, each once, rising. */
  training: TrainedAt[];
  /** The T that is looked at where nobody has chosen another: that of the first student that learns softened targets. */
  first: number;
  /** True where one control can speak for all of `training`: they share one T, and the run is not over. */
  canTrain: boolean;
  /** True once all steps are done: what was trained stays what it was trained with. */
  finished: boolean;
}

/** @param viewed T chosen to look at; null: the first student's */
export function temperaturesOf(arms: readonly Arm[], viewed: number | null, state: RunState): Temperatures {
  const training: TrainedAt[] = [];
  arms.forEach((arm, index) => {
    if (!isSoftened(arm)) return;
    const { temperature } = arm;
    const same = training.find((other) => other.temperature === temperature);
    if (same) same.arms.push(index);
    else training.push({ temperature, arms: [index] });
  });
  const first = training[0]?.temperature ?? arms[0].temperature;
  const finished = state === 'finished';
  return {
    view: viewed ?? first,
    training: training.sort((a, b) => a.temperature - b.temperature),
    first,
    canTrain: training.length === 1 && !finished,
    finished,
  };
}

/** What was moved last. */
export type Moved = 'view' | 'train' | null;

/** Which of the two has moved between two moments of one experiment; null where neither has. */
export function movedBetween(before: Temperatures, now: Temperatures): Moved {
  const trained = ({ training }: Temperatures) => training.map(({ temperature }) => temperature).join();
  // While the view follows, both move: it is the training that was changed.
  if (trained(before) !== trained(now)) return 'train';
  return before.view === now.view ? null : 'view';
}

/** The sentence that says what T does where it stands; the words are under `shell.temperature.say`. */
export function sentenceOf({ view, training, first, finished }: Temperatures, moved: Moved) {
  if (training.length === 0) return 'noTeacher';
  if (finished) return training.length > 1 ? 'finishedEach' : 'finished';
  if (training.length > 1) return 'each';
  if (view === first) return moved === 'train' ? 'trainTogether' : 'together';
  return moved === 'train' ? 'trainApart' : 'viewApart';
}

/** What a temperature does to a distribution. */
export const effectOf = (temperature: number) =>
  temperature > 1 ? 'softens' : temperature < 1 ? 'sharpens' : 'plain';

/** More of them are told by the first and the last. */
const mostToldT = 3;

/** The T that an arm was trained at in a stage, counted from 0: the first one, and the last where it was changed; with the way between where it is short. */
export function trainedOver(changes: readonly NumberChange[], arm: number, now: number, stage = 0): number[] {
  const own = changes.filter(
    ({ path, step }) => path === pathInStage(`arms.${arm}.temperature`, stage) && step > 0,
  );
  const all = [...own.map(({ before }) => before), own.at(-1)?.value ?? now];
  // A slider that was dragged went through many.
  return all.length > mostToldT ? [all[0], all[all.length - 1]] : all;
}
