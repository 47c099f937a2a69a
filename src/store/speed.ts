/** How fast the engine is on this machine, beside two others: what is being measured, and what came of it. */
import { create } from 'zustand';
import type { BenchEntry } from '../bench/entry';
import type { ShortRun, Stage } from '../bench/shortRun';
import { type Problem, problemOf } from '../config/problems';
import type { BackendReport } from '../config/results';
import { importAgain } from '../util/importAgain';
import { usePlayground } from './usePlayground';

export type SpeedFigures = BenchEntry;
export type SpeedStage = Stage | { name: 'pausing' };

export interface SpeedResult {
  /** The page's backend, on which all engines ran. */
  backend: BackendReport;
  /** Logical processors of the machine. */
  cores: number;
  workload: ShortRun['workload'];
  /** Of the engines that finished. */
  figures: SpeedFigures[];
  /** Why others did not. */
  failures: ShortRun['failures'];
  /** False where losses differ by more than the benchmark's tolerance. */
  agree: boolean;
  /** True where the page was out of sight meanwhile: browsers slow such pages down. */
  hidden: boolean;
}

export interface SpeedState {
  /** Null while nothing is being measured. */
  stage: SpeedStage | null;
  /** Stages behind it. */
  stagesDone: number;
  /** The last figures, kept while the page is open. */
  result: SpeedResult | null;
  /** Why nothing could be measured at all. */
  problem: Problem | null;
  /** True after a measurement that a person ended. */
  stopped: boolean;
  /** Pauses the run and measures. Does nothing while it measures, or where the backend has nothing to compare with. */
  start(): Promise<void>;
  stop(): void;
}

export const useSpeed = create<SpeedState>()((set, get) => {
  let running: AbortController | null = null;

  async function measure(backend: BackendReport, signal: AbortSignal): Promise<SpeedResult> {
    let hidden = document.hidden;
    document.addEventListener(
      'visibilitychange',
      () => {
        hidden ||= document.hidden;
      },
      { signal },
    );
    const { phase, actions } = usePlayground.getState();
    if (phase === 'ready') await actions.pause();
    const { shortRun } = await importAgain(() => import('../bench/shortRun'));
    signal.throwIfAborted();
    const run = await shortRun(
      backend.name as Exclude<BackendReport['name'], 'cpu'>,
      (stage) => set({ stage, stagesDone: get().stagesDone + 1 }),
      signal,
    );
    return {
      backend,
      cores: navigator.hardwareConcurrency,
      workload: run.workload,
      figures: run.entries,
      failures: run.failures,
      agree: run.disagreements.length === 0,
      hidden,
    };
  }

  return {
    stage: null,
    stagesDone: 0,
    result: null,
    problem: null,
    stopped: false,
    start: async () => {
      const { backend } = usePlayground.getState();
      if (running || !backend || backend.name === 'cpu') return;
      const own = new AbortController();
      running = own;
      set({ stage: { name: 'pausing' }, stagesDone: 0, problem: null, stopped: false });
      const outcome = await measure(backend, own.signal).then(
        (result) => ({ result }),
        (error) => ({ problem: problemOf(error) }),
      );
      // Stopped meanwhile, and perhaps started anew.
      if (running !== own) return;
      running = null;
      own.abort();
      set({ ...outcome, stage: null });
    },
    stop: () => {
      if (!running) return;
      running.abort();
      running = null;
      set({ stage: null, stopped: true });
    },
  };
});
