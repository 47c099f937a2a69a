/** Engines in Node, each in a process of its own; WebGPU is Dawn, from the npm package `webgpu`. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { EngineName } from '../../src/bench/engine';
import { measureGroup, type Participant } from '../../src/bench/measure';
import { measureMethods } from '../../src/bench/methodTurns';
import { remoteRunner } from '../../src/bench/remote';
import { dawnPath } from './dawn';
import type { Host, Say } from './host';

const entry = fileURLToPath(new URL('nodeEngine.ts', import.meta.url));

function nodeParticipant(engine: EngineName): Participant {
  // Not as JSON, which knows no NaN. What engines print goes to standard error.
  const child = fork(entry, { serialization: 'advanced', stdio: ['ignore', 2, 2, 'ipc'] });
  const { runner, fail } = remoteRunner({
    post: (message) => child.send(message as object),
    listen: (hear) => child.on('message', hear),
  });
  child.on('exit', (code, signal) => fail(`The process ended by itself (${signal ?? code}).`));
  return { engine, runner, close: () => child.kill() };
}

/** @throws with what to install where WebGPU is asked for and Dawn is missing */
export function nodeHost(webgpu: boolean, say: Say): Host {
  if (webgpu && !dawnPath()) {
    throw new Error(
      'WebGPU in Node needs the npm package `webgpu` (Dawn). Install it beside the others, without changing ' +
        'package.json:\n\n  npm install --no-save webgpu\n\nor measure WASM alone: npm run bench -- --node --backend wasm',
    );
  }
  return {
    name: `Node ${process.versions.node}`,
    measure: (group, pace) => measureGroup(group, nodeParticipant, pace, say),
    measureMethods: (backend, pace) => measureMethods(backend, nodeParticipant('stillroom'), pace, say),
    close: async () => {},
  };
}
