/** One line of the benchmark's result. */
import { z } from '../config/zod';
import { benchBackends, engineNames } from './engine';
import type { StartSample, StepSample } from './runner';
import { median, rounded } from './statistics';
import { stepFlop, tokensPerStep, type Workload } from './workloads';

export const duration = z.number().nonnegative();

export const benchEntrySchema = z.strictObject({
  engine: z.enum(engineNames),
  backend: z.enum(benchBackends),
  /** The GPU's description; null on WASM. */
  adapter: z.string().nullable(),
  workload: z.string(),
  /** Threads of the WASM backend; null on WebGPU. */
  threads: z.number().int().positive().nullable(),
  /** Compute dispatches of one step; null on WASM. */
  dispatches: z.number().int().nonnegative().nullable(),
  /** JavaScript time to hand a step over, ms; null where the call returns with the work done. */
  encodeMs: duration.nullable(),
  /** Time of a step with a wait for its loss, ms. */
  stepMs: duration,
  /** Time of a step when ten follow each other without a wait, ms; null for engines too slow for that. */
  pipelinedMs: duration.nullable(),
  /** From weights in plain arrays to the first loss, ms: upload, compilation and step 0. The backend is up already. */
  firstStepMs: duration,
  /** By the shorter of `stepMs` and `pipelinedMs`. */
  tokensPerSecond: z.number().positive(),
  /** The most bytes that GPU buffers and WASM memory held in steps with a wait. */
  peakBytes: z.number().int().nonnegative(),
  /** Formula FLOP of the step over the same time, as a share of our best 512^3 matrix product on this backend. */
  matmulFraction: z.number().positive().nullable(),
  /** At steps 0, 1 and the last one with a wait; an engine timed for one step has the first two. */
  losses: z.array(z.number()).min(2).max(3),
});

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
