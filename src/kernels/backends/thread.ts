/** A thread of a team, in a worker of its own: it makes itself ready, is given a seat, and then only watches the board. */
import { helpForever } from './team';
import type { WasmModule } from './wasmModule';

/** The first message to a thread; it answers once it is ready. */
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

addEventListener('message', async ({ data }: MessageEvent<Preparation | Seating>) => {
  if ('board' in data) helpForever(data.board, exports!, data.thread);
  const { module, memory } = data;
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  exports = instance.exports as WasmModule;
  postMessage('ready');
});
