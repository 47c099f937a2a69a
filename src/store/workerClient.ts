/** The page's hold on its worker: starts it, notices when it is gone or silent, and starts another. */
import type { Problem } from '../config/problems';
import { type Connection, connect, type Endpoint, type EventHandlers } from '../protocol/port';
import { Watch } from './watch';

/** A worker that dies this often in a row is not started again by itself. */
const mostDeaths = 3;
/** A worker that lived longer than this died of something new, in milliseconds. */
const longLife = 30_000;

/** What is asked of a Worker. */
export interface WorkerLike extends Endpoint {
  terminate(): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  addEventListener(type: 'error', listener: (event: ErrorEvent) => void): void;
}

export interface WorkerClient {
  readonly call: Connection['call'];
  /** Ends the worker and starts another, whatever it was doing. */
  restart(): void;
}

export interface WorkerParts {
  spawn: () => WorkerLike;
  /** Calls back once the holder of a lock is gone; where there are no Web Locks, never. */
  whenReleased: (lock: string, signal: AbortSignal, then: () => void) => void;
}

/**
 * @param onDeath called when a worker ended by itself or fell silent; `renewed` tells whether another one has been started,
 * `event` is its error, where there was one
 */
export function startWorker(
  { spawn, whenReleased }: WorkerParts,
  handlers: EventHandlers,
  onDeath: (renewed: boolean, event: Event | null) => void,
): WorkerClient {
  let deaths = 0;
  let end: (problem: Problem) => void;
  let connection: Connection;

  function start() {
    const born = performance.now();
    const life = new AbortController();
    const worker = spawn();
    const watch = new Watch(() => die(null));
    // Before the handlers, so that they find it heard.
    worker.addEventListener('message', () => watch.heard());
    connection = connect(worker, {
      ...handlers,
      beat: (beat) => {
        if (beat.busyFor !== null) watch.allow(beat.busyFor);
        if (beat.lock !== null) whenReleased(beat.lock, life.signal, () => die(null));
        handlers.beat(beat);
      },
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      die(event);
    });
    const { close } = connection;
    end = (problem) => {
      life.abort();
      watch.end();
      worker.terminate();
      close(problem);
    };

    function die(event: Event | null) {
      if (life.signal.aborted) return;
      end({ code: 'workerDied', values: { step: 0 } });
      deaths = performance.now() - born > longLife ? 1 : deaths + 1;
      const renewed = deaths < mostDeaths;
      if (renewed) start();
      onDeath(renewed, event);
    }
  }

  start();
  return {
    call: (command, payload, transfer) => connection.call(command, payload, transfer),
    restart: () => {
      end({ code: 'workerDied', values: { step: 0 } });
      deaths = 0;
      start();
    },
  };
}

export const browserWorker: WorkerParts = {
  spawn: () =>
    new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module', name: 'stillroom' }),
  whenReleased: (lock, signal, then) => {
    // A page that is given up meanwhile waits no more.
    navigator.locks?.request(lock, { signal }, then).catch(() => {});
  },
};
