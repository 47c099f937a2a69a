/** `npm run distill -- --seeds 1,2,3`: a run for each seed, in processes of their own, and what they say together. */
import { availableParallelism } from 'node:os';
import type { TFunction } from 'i18next';
import { argumentsForSeed } from './options';
import { inProcesses } from './processes';
import { ProgressBar } from './progressBar';
import { runSeeds, type SeedRun, stagesBySeed, summaryOfStage } from './seedRuns';
import { printSummaries } from './seedsReport';
import { english } from './words';

const command = new URL('distill.ts', import.meta.url);

function runsInProcesses(args: string[], t: TFunction, onStep: (seed: number, step: number) => void) {
  const inProcess = inProcesses(command, (reason) => t('seeds.endedBy', { reason }));
  return async (seed: number): Promise<SeedRun> => {
    const run = readRun(await inProcess(argumentsForSeed(args, seed), (step) => onStep(seed, step)));
    if (run?.seed !== seed) throw new Error(t('seeds.notAResult', { seed }));
    return run;
  };
}

function readRun(printed: string): SeedRun | null {
  try {
    return JSON.parse(printed);
  } catch {
    return null;
  }
}

/**
 * Runs them, prints what came out and sets the exit status: 1 where a seed failed.
 * @param args of the command line, `--seeds` among them
 */
export async function distilSeeds(
  args: string[],
  { seeds, steps, json }: { seeds: number[]; steps: number; json: boolean },
) {
  const t = await english();
  const processes = Math.min(seeds.length, availableParallelism());
  console.error(t('seeds.begun', { seeds: seeds.length, processes }));

  const bar = new ProgressBar(steps * seeds.length);
  const reached = new Map<number, number>();
  const begun = new Map<number, number>();
  let done = 0;
  const run = runsInProcesses(args, t, (seed, step) => {
    reached.set(seed, step);
    bar.show(
      [...reached.values()].reduce((sum, steps) => sum + steps),
      '',
    );
  });
  const { runs, failed } = await runSeeds(
    seeds,
    processes,
    (seed) => {
      begun.set(seed, performance.now());
      return run(seed);
    },
    (seed, failure) => {
      done += 1;
      bar.clear();
      const seconds = Math.round((performance.now() - begun.get(seed)!) / 1000);
      const figures = { seed, seconds, done, seeds: seeds.length };
      console.error(
        failure ? t('seeds.failed', { ...figures, message: failure.message }) : t('seeds.done', figures),
      );
    },
  );

  if (failed.length > 0) process.exitCode = 1;
  if (runs.length === 0) {
    console.error(t('seeds.allFailed'));
    return;
  }
  const summary = summaryOfStage(runs);
  const stages = stagesBySeed(runs);
  const ofStages = stages?.map((bySeed) => ({
    ...(bySeed[0].task && { task: bySeed[0].task }),
    ...summaryOfStage(bySeed),
  }));
  // Without a failure the object has no word of it, and of stages where there is one alone.
  const more = { ...(ofStages && { stages: ofStages }), ...(failed.length > 0 && { failed }) };
  if (json) console.log(JSON.stringify({ runs, summary, ...more }));
  else printSummaries(runs, t);
  if (failed.length > 0) {
    console.error(t('seeds.someFailed', { failed: failed.map(({ seed }) => seed).join(', ') }));
  }
}
