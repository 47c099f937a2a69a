/** An engine in a dedicated worker of the page: engines change tfjs's global state, so that each needs its own. */
import type { EngineName } from './engine';
import type { Participant } from './measure';
import { remoteRunner } from './remote';

export function browserParticipant(engine: EngineName): Participant {
  const worker = new Worker(new URL('./benchWorker.ts', import.meta.url), { type: 'module', name: engine });
  const { runner, fail } = remoteRunner({
    post: (message) => worker.postMessage(message),
    listen: (hear) => worker.addEventListener('message', ({ data }) => hear(data)),
  });
  worker.addEventListener('error', ({ message }) => fail(message || 'The worker did not start.'));
  return {
    engine,
    runner,
    close() {
      fail('closed');
      worker.terminate();
    },
  };
}
