import { boardBytes, type Heap, Team } from './team';
import type { Preparation, Seating } from './thread';
import type { WasmModule } from './wasmModule';

/** A thread that isn't ready by then is done without, in milliseconds. */
const patience = 3000;
/** More of them share less and less. */
const mostThreads = 8;

/** One per core; where there are enough, one core is left to the page. */
const threadsFor = (cores: number) => Math.max(1, Math.min(mostThreads, cores > 3 ? cores - 1 : cores));

/** A team on memory that threads can share: this thread and others, as far as they can be had. */
export async function startTeam(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  heap: Heap,
  threads = threadsFor(navigator.hardwareConcurrency),
): Promise<Team> {
  const others = Array.from({ length: threads - 1 }, () =>
    readyThread({ module, memory }).catch((error) => {
      console.warn('A thread could not be started:', error);
      return null;
    }),
  );
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const workers = (await Promise.all(others)).filter((worker) => worker !== null);
  if (workers.length === 0) return new Team(exports as WasmModule, heap);
  const board = new SharedArrayBuffer(boardBytes);
  workers.forEach((worker, i) => {
    worker.postMessage({ board, thread: i + 1 } satisfies Seating);
  });
  const maySleep = typeof document === 'undefined';
  return new Team(exports as WasmModule, heap, { board, threads: 1 + workers.length, maySleep, workers });
}

/** @throws what kept the thread from getting ready */
async function readyThread(preparation: Preparation): Promise<Worker> {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { type: 'module', name: 'thread' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      // A script that doesn't arrive has no message.
      const fail = (message: string) => reject(new Error(message || 'its script did not load'));
      worker.addEventListener('message', ({ data }) => (data === 'ready' ? resolve() : fail(data)), {
        once: true,
      });
      worker.addEventListener('error', ({ message }) => fail(message), { once: true });
      timer = setTimeout(() => fail(`it was not ready within ${patience} ms`), patience);
      worker.postMessage(preparation);
    });
    return worker;
  } catch (error) {
    worker.terminate();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
