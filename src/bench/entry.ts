/** One line of the benchmark's result. */
import type { z } from 'zod';
import type { benchEntrySchema } from './entrySchema';
import type { StartSample, StepSample } from './runner';
import { median, rounded } from './statistics';
import { stepFlop, tokensPerStep, type Workload } from './workloads';

export type BenchEntry = z.infer<typeof benchEntrySchema>;

/** All that was measured of one engine. */
export interface Samples {
  start: StartSample;
  /** Steps with a wait, from step 0. */
  steps: StepSample[];
  /** Time per step of each block of ten without a wait, ms. */
  pipelined: number[];
  peakBytes: number;
  /** FLOP a second of the engine's matrix product; ours alone names one. */
  matmulRate: number | null;
}

/** Steps ahead of the timed ones: compilation falls into step 0, first growth of caches into step 1. */
export const warmUpSteps = 2;

export function entryOf(
  identity: Pick<BenchEntry, 'engine' | 'backend'>,
  workload: Workload,
  { start, steps, pipelined, peakBytes }: Omit<Samples, 'matmulRate'>,
  /** Ours, also for a peer; null where unknown. */
  matmulRate: number | null,
): BenchEntry {
  // A slow engine has only the step after the first.
  const timed = steps.slice(steps.length > warmUpSteps ? warmUpSteps : 1);
  const stepMs = median(timed.map((sample) => sample.stepMs));
  const pipelinedMs = pipelined.length > 0 ? median(pipelined) : null;
  const seconds = Math.min(stepMs, pipelinedMs ?? stepMs) / 1000;
  const onGpu = identity.backend === 'webgpu';
  const reported = steps.length > warmUpSteps ? [steps[0], steps[1], steps.at(-1)!] : steps;
  return {
    ...identity,
    adapter: start.adapter,
    workload: workload.name,
    threads: start.threads,
    dispatches: onGpu ? median(timed.map(({ dispatches }) => dispatches)) : null,
    encodeMs: start.asynchronous ? rounded(median(timed.map(({ encodeMs }) => encodeMs))) : null,
    stepMs: rounded(stepMs),
    pipelinedMs: pipelinedMs === null ? null : rounded(pipelinedMs),
    firstStepMs: rounded(start.startMs + steps[0].stepMs),
    tokensPerSecond: rounded(tokensPerStep(workload) / seconds),
    peakBytes,
    matmulFraction: matmulRate === null ? null : rounded(stepFlop(workload) / seconds / matmulRate),
    losses: reported.map(({ loss }) => rounded(loss, 6)),
  };
}

/** Largest relative difference of losses that still counts as the same training. */
export const lossTolerance = 1e-3;

/**
 * One sentence for every entry whose losses differ from the others' by more than the tolerance; entries are of one
 * workload and backend.
 */
export function disagreements(entries: BenchEntry[]): string[] {
  // Slow engines have fewer losses: each is compared with one that has the most.
  const reference = [...entries].sort((a, b) => b.losses.length - a.losses.length)[0];
  const differs = (loss: number, i: number) => {
    const expected = reference.losses[i];
    // Written so that a loss that is not a number differs.
    return !(Math.abs(loss - expected) <= lossTolerance * Math.abs(expected));
  };
  return entries
    .filter(({ losses }) => losses.some(differs))
    .map(
      ({ engine, backend, workload, losses }) =>
        `${workload} on ${backend}: ${engine} has ${losses.join(', ')}, ${reference.engine} ${reference.losses.join(', ')}.`,
    );
}
