/** One experiment for several seeds: which run when, and what becomes of one that fails. */
import type { Metric } from '../statistics/summary';

/** What is read of a run's JSON; all of it is passed on. */
export interface SeedRun {
  backend: string;
  steps: number;
  seed: number;
  /** The same ones, in the same order, for each seed. */
  arms: { name: string; heldOut: Record<Metric, number | null> }[];
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
