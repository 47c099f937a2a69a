/** The page's hold on the worker in the background: starts it, hears it, and notices when it is gone or silent. */
import type { FromBackground, ToBackground } from '../protocol/background';
import { Watch } from './watch';
import type { WorkerLike } from './workerClient';

export interface BackgroundClient {
  post(message: ToBackground): void;
  /** Ends it, whatever it is doing; nothing is heard of it any more. */
  end(): void;
}

/** @param onDeath called once, where it ended by itself or fell silent */
export function startBackground(
  spawn: () => WorkerLike,
  hear: (message: FromBackground) => void,
  onDeath: () => void,
): BackgroundClient {
  const worker = spawn();
  let isOver = false;
  const watch = new Watch(() => die());
  const end = () => {
    isOver = true;
    watch.end();
    worker.terminate();
  };
  function die() {
    if (isOver) return;
    end();
    onDeath();
  }
  worker.addEventListener('message', ({ data }: MessageEvent<FromBackground>) => {
    if (isOver) return;
    watch.heard();
    if (data.kind === 'busy') watch.allow(data.milliseconds);
    else if (data.kind !== 'beat') hear(data);
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    die();
  });
  return { post: (message) => !isOver && worker.postMessage(message), end };
}
