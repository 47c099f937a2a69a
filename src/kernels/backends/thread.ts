/** A thread of a team, in a worker of its own: it makes itself ready, is given a seat, and then only watches the board. */
import { helpForever } from './team';
import type { WasmModule } from './wasmModule';

/** The first message to a thread. It answers with `ready`, or with what keeps it from that. */
export interface Preparation {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
}

/** The second and last. */
export interface Seating {
  board: SharedArrayBuffer;
  /** Its number, from 1. */
  thread: number;
}

let exports: WasmModule | null = null;

addEventListener('message', ({ data }: MessageEvent<Preparation | Seating>) => {
  if ('board' in data) helpForever(data.board, exports!, data.thread);
  WebAssembly.instantiate(data.module, { env: { memory: data.memory } }).then(
    (instance) => {
      exports = instance.exports as WasmModule;
      postMessage('ready');
    },
    (error) => postMessage(String(error)),
  );
});
