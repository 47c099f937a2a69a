/** Ends of stages, from which a run can go on otherwise than it did. */
import { stagesAlike } from '../config/compare';
import type { Experiment } from '../config/experiment';
import { stageCount, stageOfPath, stageOfStep, stepsBefore, stepsOf } from '../config/stages';
import { upTo } from '../protocol/history';
import type { Kept } from './kept';

/**
 * The latest step among those where stages of a run ended from which `wanted` goes on as if it had been so from step 0; null where
 * there is none.
 * @param experiment that the run had by then @param from the latest stage that may come next, counted from 0; null: any
 */
export function latestBorder(
  experiment: Experiment,
  borders: readonly number[],
  wanted: Experiment,
  from: number | null,
): number | null {
  const latest = Math.min(
    stagesAlike(experiment, wanted),
    stageCount(wanted) - 1,
    from ?? stageCount(wanted),
  );
  for (let stage = latest; stage > 0; stage--) {
    const step = stepsBefore(wanted, stage);
    if (borders.includes(step)) return step;
  }
  return null;
}

/** The end of a stage as the beginning of a run of this experiment: what came later, or was changed of it, is no part of that. */
export function asBeginning(kept: Kept, experiment: Experiment): Kept {
  const { step } = kept.snapshot;
  const stage = stageOfStep(experiment, step);
  const history = upTo(kept.history, step);
  return {
    ...kept,
    experiment,
    history: {
      ...history,
      evaluations: history.evaluations.filter((point) => (point.stage ?? 0) < stage),
      changes: history.changes.filter(({ path }) => stageOfPath(path).stage < stage),
    },
  };
}

/** The steps of a state at which stages had ended by then, its own among them where one ends there. */
export function bordersOf(kept: Kept | null): number[] {
  if (!kept) return [];
  const { experiment, snapshot } = kept;
  return Array.from({ length: stageCount(experiment) - 1 }, (_, i) => stepsBefore(experiment, i + 1)).filter(
    (step) => step <= snapshot.step && step < stepsOf(experiment),
  );
}
