/** What an engine does to be measured beside the others. Each runs in a worker (in Node, a process) of its own. */
import type { InitialWeights } from './values';
import type { Workload } from './workloads';

export const engineNames = ['stillroom', 'tfjs', 'jax-js'] as const;
export type EngineName = (typeof engineNames)[number];
export const benchBackends = ['webgpu', 'wasm'] as const;
export type BenchBackend = (typeof benchBackends)[number];

/** Where tfjs finds its three WASM binaries; null: beside its package (Node). */
export type WasmPaths = Record<string, string> | null;

export interface BenchEngine {
  /**
   * Makes the backend ready: adapter and device, or the WASM module; nothing that knows the workload. Called once,
   * before `start`, and not timed.
   * @throws where the backend can't be had
   */
  open(backend: BenchBackend, wasmPaths: WasmPaths): Promise<void>;
  /** Brings the weights to the device and does what the engine does before its first step. Part of the first step's time. */
  start(workload: Workload, weights: InitialWeights): Promise<BenchRun>;
  /** FLOP a second of this engine's product of two 512 x 512 matrices, the best of several; asked of ours alone. */
  matmulRate?(): Promise<number>;
}

export interface BenchRun {
  /** Threads of the WASM backend; null on WebGPU. */
  threads: number | null;
  /** True where `step` returns before the work is done, so that its own time is the time to encode. */
  asynchronous: boolean;
  /**
   * Starts step `i` (from 0, in order) on its token ids, [B · L]. What it returns waits for the loss, and for the update,
   * so that nothing of the step falls into another engine's turn.
   */
  step(i: number, ids: Int32Array): Promise<() => Promise<number>>;
  /**
   * Bytes of the tensors that the run keeps, and of those that a step needs beside them at its widest; asked of ours alone,
   * after a step, and may run another.
   */
  bytes?(): Promise<number>;
}
