/** One experiment for several seeds: which run when, and what becomes of one that fails. */
import type { Metric as TaskMetric } from '../config/tasks';
import { type Summary, summaryOf } from '../statistics/summary';

/** What is read of a run's JSON, or of one of its stages; all of it is passed on. */
export interface SeedStage {
  steps: number;
  /** The task, of a stage that has one. */
  task?: string;
  /** The same ones, in the same order, for each seed. */
  arms: {
    name: string;
    heldOut: { accuracy: number | null; klToTeacher: number | null };
    /** Of a task: what it is measured by, and what that is. */
    metric?: TaskMetric;
    value?: number;
  }[];
}

export interface SeedRun extends SeedStage {
  backend: string;
  seed: number;
  /** Where there are several; the run's own figures are those of the last one. */
  stages?: SeedStage[];
}

/**
 * What seeds say together of a stage: of a task by its own metric, of a text by accuracy, and by the KL to the teacher where
 * there is one. A figure that is never there would count among the verdicts, and make all others more cautious.
 */
export function summaryOfStage(bySeed: readonly SeedStage[]): Summary {
  const [{ arms }] = bySeed;
  const isTaught = bySeed.some((stage) => stage.arms.some(({ heldOut }) => heldOut.klToTeacher !== null));
  return summaryOf(
    bySeed.map((stage) =>
      stage.arms.map(({ name, heldOut, metric, value }) => ({
        name,
        figures: { ...heldOut, ...(metric && { [metric]: value }) },
      })),
    ),
    [arms[0]?.metric ?? 'accuracy', ...(isTaught ? (['klToTeacher'] as const) : [])],
  );
}

/** The stages of runs, one list of seeds for each; null where there is one stage alone. */
export function stagesBySeed(runs: readonly SeedRun[]): SeedStage[][] | null {
  return runs[0].stages?.map((_, i) => runs.map(({ stages }) => stages![i])) ?? null;
}

export interface Failure {
  seed: number;
  /** In words, perhaps several lines. */
  message: string;
}

/** Both in the order of the seeds. */
export interface Outcome {
  runs: SeedRun[];
  failed: Failure[];
}

/**
 * Runs every seed, `processes` of them at a time. One that fails holds up none of the others.
 * @param run does the run of a seed; rejects where it fails
 * @param tell is called after each run; null: it succeeded
 */
export async function runSeeds(
  seeds: readonly number[],
  processes: number,
  run: (seed: number) => Promise<SeedRun>,
  tell: (seed: number, failure: Failure | null) => void,
): Promise<Outcome> {
  const runs: SeedRun[][] = seeds.map(() => []);
  const failed: Failure[][] = seeds.map(() => []);
  // All workers take from one iterator, so that each seed is run once.
  const queue = seeds.entries();
  const worker = async () => {
    for (const [i, seed] of queue) {
      try {
        runs[i] = [await run(seed)];
      } catch (error) {
        failed[i] = [{ seed, message: error instanceof Error ? error.message : String(error) }];
      }
      tell(seed, failed[i][0] ?? null);
    }
  };
  await Promise.all(Array.from({ length: processes }, worker));
  return { runs: runs.flat(), failed: failed.flat() };
}
