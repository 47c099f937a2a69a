/** The short form of the benchmark that the page runs on its visitor's machine. Nothing here loads an engine but workers. */
import { browserParticipant } from './browserParticipant';
import { type BenchBackend, type EngineName, engineNames } from './engine';
import { type Measured, measureGroup, type Participant, quickPace } from './measure';
import type { Runner } from './runner';
import { type Workload, workloads } from './workloads';

/** What is going on. Starting and the first step take each engine a time of its own; the rest they do in turns. */
export type Stage = { name: 'starting' | 'first'; engine: EngineName } | { name: 'steps' | 'blocks' };

export interface ShortRun extends Measured {
  workload: Workload;
}

/** An engine that gives no answer for so long is out, ms. Starting includes its download. */
export const patienceMs = 120_000;

/**
 * Measures all engines on the workload `small`.
 * @param onStage called when another stage begins
 * @throws the signal's reason once it aborts; every worker has ended then
 */
export async function shortRun(
  backend: BenchBackend,
  onStage: (stage: Stage) => void,
  signal: AbortSignal,
  takePart: (engine: EngineName) => Participant = browserParticipant,
): Promise<ShortRun> {
  let told = '';
  const tell = (stage: Stage) => {
    const name = JSON.stringify(stage);
    if (name !== told && !signal.aborted) onStage(stage);
    told = name;
  };
  const join = (engine: EngineName): Participant => {
    signal.throwIfAborted();
    tell({ name: 'starting', engine });
    const participant = takePart(engine);
    signal.addEventListener('abort', participant.close);
    const { step, pipelined, ...rest } = impatient(participant);
    return {
      ...participant,
      runner: {
        ...rest,
        step(i) {
          tell(i === 0 ? { name: 'first', engine } : { name: 'steps' });
          return step(i);
        },
        pipelined(first, count) {
          tell({ name: 'blocks' });
          return pipelined(first, count);
        },
      },
    };
  };
  const workload = workloads.small;
  const group = { backend, workload, engines: [...engineNames] };
  const measured = await measureGroup(group, join, quickPace, () => {});
  signal.throwIfAborted();
  return { ...measured, workload };
}

/** A participant's calls, which are rejected, and its worker ended, where no answer comes. */
function impatient({ runner, close }: Participant): Runner {
  const within =
    <P extends unknown[], R>(call: (...parameters: P) => Promise<R>) =>
    async (...parameters: P): Promise<R> => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          reject(new Error(`No answer within ${patienceMs / 1000} s.`));
          close();
        }, patienceMs);
      });
      try {
        return await Promise.race([call(...parameters), late]);
      } finally {
        clearTimeout(timer);
      }
    };
  return {
    open: within(runner.open),
    start: within(runner.start),
    select: within(runner.select),
    step: within(runner.step),
    pipelined: within(runner.pipelined),
    matmulRate: within(runner.matmulRate),
    bytes: within(runner.bytes),
    peakBytes: within(runner.peakBytes),
  };
}
