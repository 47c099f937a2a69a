/** The page's hold on its worker: starts it, and starts another when it dies. */
import type { Problem } from '../config/problems';
import { type Connection, connect, type EventHandlers } from '../protocol/port';

/** A worker that dies this often is not started again by itself. */
const mostDeaths = 3;

export interface WorkerClient {
  readonly call: Connection['call'];
  /** Ends the worker and starts another, whatever it was doing. */
  restart(): void;
}

/**
 * @param onDeath called when a worker ended by itself; `renewed` tells whether another one has been started
 */
export function startWorker(
  handlers: EventHandlers,
  onDeath: (renewed: boolean, detail: string) => void,
): WorkerClient {
  let deaths = 0;
  let worker: Worker;
  let connection: Connection;

  function start() {
    worker = new Worker(new URL('../worker/worker.ts', import.meta.url), {
      type: 'module',
      name: 'stillroom',
    });
    connection = connect(worker, handlers);
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      end({ code: 'workerDied', values: { step: 0 } });
      deaths += 1;
      const renewed = deaths < mostDeaths;
      if (renewed) start();
      onDeath(renewed, event.message ?? '');
    });
  }

  function end(problem: Problem) {
    worker.terminate();
    connection.close(problem);
  }

  start();
  return {
    call: (command, payload, transfer) => connection.call(command, payload, transfer),
    restart: () => {
      end({ code: 'workerDied', values: { step: 0 } });
      start();
    },
  };
}
