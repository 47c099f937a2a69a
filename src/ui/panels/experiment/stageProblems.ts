/** Which stages keep an experiment from being run. */
import { checkExperiment } from '../../../config/check';
import type { Experiment } from '../../../config/experiment';
import type { Problem } from '../../../config/problems';
import { stageCount } from '../../../config/stages';
import type { TeacherShape } from '../../../config/teachers';
import { stageOf } from '../../../store/stage';

export interface PlacedProblem {
  problem: Problem;
  /** The stages, counted from 0, that have it; null where all have, or where there is one. */
  stages: number[] | null;
}

/** Problems of an experiment with the stages that they are of. */
export function placedProblems(
  experiment: Experiment,
  teacher: TeacherShape | null | undefined,
  problems: readonly Problem[],
): PlacedProblem[] {
  const count = stageCount(experiment);
  if (count === 1 || teacher === undefined) return problems.map((problem) => ({ problem, stages: null }));
  const own = Array.from({ length: count }, (_, stage) =>
    checkExperiment(stageOf(experiment, stage), teacher).map(keyOf),
  );
  return problems.map((problem) => {
    const stages = own.flatMap((keys, stage) => (keys.includes(keyOf(problem)) ? [stage] : []));
    return { problem, stages: stages.length > 0 && stages.length < count ? stages : null };
  });
}

/** The stages, counted from 0, that can't be run, where others can. */
export const refusedStages = (...of: Parameters<typeof placedProblems>): number[] => [
  ...new Set(placedProblems(...of).flatMap(({ stages }) => stages ?? [])),
];

const keyOf = (problem: Problem) => JSON.stringify(problem);
