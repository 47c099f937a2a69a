/** One line of the benchmark's result as a schema, apart from the code that the page measures with. */
import { z } from '../config/zod';
import { benchBackends, engineNames } from './engine';

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
