/** Runs one engine on one workload where it is called, and times it there: no message between workers is in a time. */
import type { BenchBackend, BenchEngine, BenchRun, EngineName, WasmPaths } from './engine';
import { engines } from './engines';
import { installMeters } from './meters';
import { batchIds, initialWeights } from './values';
import type { Workload } from './workloads';

export interface StartSample {
  /** Time to bring the weights to the device and to prepare, ms. */
  startMs: number;
  /** The GPU's description; null on WASM. */
  adapter: string | null;
  threads: number | null;
  asynchronous: boolean;
}

export interface StepSample {
  /** Time until the step was handed over, ms. */
  encodeMs: number;
  /** Time until its loss was there, ms. */
  stepMs: number;
  dispatches: number;
  loss: number;
}

/** Measures one engine; calls follow each other in the order of the members. */
export interface Runner {
  open(engine: EngineName, backend: BenchBackend): Promise<void>;
  start(workload: Workload): Promise<StartSample>;
  /** Goes on with a workload that was started before another one, by its name. */
  select(workload: string): Promise<void>;
  step(i: number): Promise<StepSample>;
  /** Runs `count` steps from step `first` without a wait between them: time per step, ms. */
  pipelined(first: number, count: number): Promise<number>;
  /** FLOP a second of the engine's 512^3 matrix product; null where it names none. */
  matmulRate(): Promise<number | null>;
  /** Bytes of the tensors of the run and of its step; null where the engine doesn't tell. */
  bytes(): Promise<number | null>;
  /** The most bytes that GPU buffers and WASM memory have held since `open`. */
  peakBytes(): Promise<number>;
}

export function createRunner(wasmPaths: WasmPaths): Runner {
  const meters = installMeters();
  let engine: BenchEngine;
  /** What was started, by name; `run` is the one that steps are of. */
  const started = new Map<string, { run: BenchRun; workload: Workload }>();
  let run: BenchRun;
  let backend: BenchBackend;
  /** Draws the ids of a step, which is no work of an engine. */
  let idsOf: (step: number) => Int32Array;
  const take = (workload: Workload, taken: BenchRun) => {
    run = taken;
    idsOf = (step) => batchIds(workload, step);
  };
  return {
    async open(name, wanted) {
      const load = engines[name];
      if (!load) throw new Error(`There is no engine ${name}.`);
      engine = await load();
      backend = wanted;
      await engine.open(backend, wasmPaths);
    },
    async start(workload) {
      const weights = initialWeights(workload);
      const begin = performance.now();
      take(workload, await engine.start(workload, weights));
      const startMs = performance.now() - begin;
      started.set(workload.name, { run, workload });
      const { threads, asynchronous } = run;
      return { startMs, adapter: backend === 'webgpu' ? await adapterWords() : null, threads, asynchronous };
    },
    async select(name) {
      const found = started.get(name);
      if (!found) throw new Error(`${name} was not started.`);
      take(found.workload, found.run);
    },
    async step(i) {
      const before = meters.dispatches();
      const ids = idsOf(i);
      const begin = performance.now();
      const finish = await run.step(i, ids);
      const encodeMs = performance.now() - begin;
      const loss = await finish();
      return { encodeMs, stepMs: performance.now() - begin, dispatches: meters.dispatches() - before, loss };
    },
    async pipelined(first, count) {
      const ids = Array.from({ length: count }, (_, i) => idsOf(first + i));
      const begin = performance.now();
      const waiting: (() => Promise<number>)[] = [];
      for (const [i, own] of ids.entries()) waiting.push(await run.step(first + i, own));
      for (const finish of waiting) await finish();
      return (performance.now() - begin) / count;
    },
    matmulRate: async () => (await engine.matmulRate?.()) ?? null,
    bytes: async () => (await run.bytes?.()) ?? null,
    peakBytes: async () => meters.peakBytes(),
  };
}

async function adapterWords(): Promise<string | null> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return null;
  const { vendor, architecture, device, description } = adapter.info;
  return description || [vendor, architecture, device].filter(Boolean).join(' ') || 'GPU';
}
