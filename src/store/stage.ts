/** The stage on screen: whatever shows one stage reads it as an experiment of its own. */
import type { Experiment } from '../config/experiment';
import { pathInStage, stageAt, stageCount } from '../config/stages';
import type { PlaygroundState } from './state';

/** Stages by experiment, so that the same one is the same object for as long as the experiment is. */
const known = new WeakMap<Experiment, Map<number, Experiment>>();

/** One stage, counted from 0, as an experiment; an experiment without others is its own first stage. */
export function stageOf(experiment: Experiment, stage: number): Experiment {
  const last = stageCount(experiment) - 1;
  if (last === 0) return experiment;
  const stages = known.get(experiment) ?? new Map<number, Experiment>();
  known.set(experiment, stages);
  const index = Math.min(stage, last);
  const found = stages.get(index) ?? stageAt(experiment, index);
  stages.set(index, found);
  return found;
}

type Shown = Pick<PlaygroundState, 'experiment' | 'status'>;

/** The stage that runs, as an experiment. */
export const presentStage = ({ experiment, status }: Shown): Experiment =>
  stageOf(experiment, status.stage ?? 0);

/** Where a path of the stage that runs lies in the whole experiment. */
export const presentPath = ({ status }: Pick<PlaygroundState, 'status'>, path: string): string =>
  pathInStage(path, status.stage ?? 0);
