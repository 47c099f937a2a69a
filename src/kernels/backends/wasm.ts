/** Fused kernels on tfjs's WASM backend: WebAssembly of our own on tfjs's heap. */
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { Attributes, FusedKernel, Shape } from '../kernel';
import { sizeOf } from '../kernel';
import type { WasmModule } from './wasmModule';

/** What we use of tfjs's backend and of the Emscripten module in it. */
interface WasmBackend {
  wasm: {
    /** Set in the threaded binary, which imports its memory; the others export theirs. */
    wasmMemory?: WebAssembly.Memory;
    asm: { memory?: WebAssembly.Memory };
    HEAPU8: Uint8Array;
    _malloc(bytes: number): number;
    _free(address: number): void;
  };
  dataIdMap: { get(dataId: object): { memoryOffset: number } };
  makeOutput(shape: number[], dtype: 'float32'): TensorInfo;
}

/** The binaries of tools/kernelsWasm.ts by kind of memory, best first: those with fused multiply-add need more. */
const binaries = {
  private: () => [
    new URL('../wasm-build/kernels-relaxed.wasm', import.meta.url),
    new URL('../wasm-build/kernels.wasm', import.meta.url),
  ],
  shared: () => [
    new URL('../wasm-build/kernels-shared-relaxed.wasm', import.meta.url),
    new URL('../wasm-build/kernels-shared.wasm', import.meta.url),
  ],
};

/**
 * Loads our WebAssembly onto the heap of tfjs's WASM backend, which must be up. Null where the engine has no SIMD: there
 * kernels run as their plain references.
 */
export async function loadWasmKernels(): Promise<WasmModule | null> {
  const { wasm } = tf.backend() as unknown as WasmBackend;
  const memory = wasm.wasmMemory ?? wasm.asm.memory;
  if (!memory) throw new Error("tfjs's WASM backend shows no memory");
  const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  for (const url of binaries[shared ? 'shared' : 'private']()) {
    const bytes = await read(url);
    if (!WebAssembly.validate(bytes)) continue;
    const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
    return instance.exports as WasmModule;
  }
  return null;
}

async function read(url: URL): Promise<BufferSource> {
  // Node's fetch reads no files.
  if (url.protocol === 'file:') return process.getBuiltinModule('node:fs').readFileSync(url);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} can't be loaded: ${response.status}`);
  return response.arrayBuffer();
}

/** A kernel's form for the backend `wasm`. */
export const wasmKernel = <A extends Attributes>(
  kernel: FusedKernel<A>,
  module: WasmModule | null,
): KernelConfig => ({
  kernelName: kernel.name,
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const host = backend as unknown as WasmBackend;
    const attributes = attrs as unknown as A;
    const tensors = Object.entries(inputs as unknown as Record<string, TensorInfo>);
    const shapes: Record<string, Shape> = {};
    for (const [name, { shape }] of tensors) shapes[name] = shape;
    const outputs = kernel.outputs(shapes, attributes).map((shape) => host.makeOutput([...shape], 'float32'));

    if (!module) {
      const values = Object.fromEntries(tensors.map(([name, tensor]) => [name, arrayOf(tensor, host)]));
      const results = outputs.map((output) => arrayOf(output, host) as Float32Array);
      kernel.reference(values, shapes, attributes, results);
      return outputs;
    }
    const at: Record<string, number> = {};
    for (const [name, tensor] of tensors) at[name] = addressOf(tensor, host);
    const out = outputs.map((output) => addressOf(output, host));
    const rooms: number[] = [];
    const scratch = (bytes: number) => {
      const room = host.wasm._malloc(bytes) >>> 0;
      if (room === 0) throw new Error(`The WASM heap has no room for ${bytes} bytes`);
      rooms.push(room);
      return room;
    };
    kernel.wasm(module, at, out, shapes, attributes, scratch);
    for (const room of rooms) host.wasm._free(room);
    return outputs;
  },
});

const addressOf = ({ dataId }: TensorInfo, { dataIdMap }: WasmBackend) =>
  dataIdMap.get(dataId).memoryOffset >>> 0;

/** A tensor's numbers on the heap, for the time until the heap grows. */
function arrayOf(tensor: TensorInfo, host: WasmBackend): Float32Array | Int32Array {
  const Numbers = tensor.dtype === 'int32' ? Int32Array : Float32Array;
  return new Numbers(host.wasm.HEAPU8.buffer as ArrayBuffer, addressOf(tensor, host), sizeOf(tensor.shape));
}
