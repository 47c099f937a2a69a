/** Entry of a child process: one engine, measured. */
import { serveRunner } from '../../src/bench/remote';
import { createRunner } from '../../src/bench/runner';
import { installDawn } from './dawn';

// Ahead of the meters and the engines, which look for WebGPU when they start.
await installDawn();
serveRunner(createRunner(null), {
  post: (message) => process.send!(message),
  listen: (hear) => process.on('message', hear),
});
