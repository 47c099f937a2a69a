/** Fused kernels on tfjs's WASM backend: WebAssembly of our own on tfjs's heap. */
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { Attributes, FusedKernel, Shape } from '../kernel';
import { sizeOf } from '../kernel';
import { downloadWasm } from './download';
import { OutOfMemoryError } from './errors';
import { startTeam } from './startTeam';
import { type Heap, Team, type WasmCalls } from './team';
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
  disposeData(dataId: object): boolean;
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

/** Makes a team of a compiled module on a memory. */
type MakeTeam = (module: WebAssembly.Module, memory: WebAssembly.Memory, heap: Heap) => Promise<Team>;

const isShared = ({ buffer }: WebAssembly.Memory) =>
  typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer;

/** Threads where they can share the memory, this one alone elsewhere. */
async function usualTeam(module: WebAssembly.Module, memory: WebAssembly.Memory, heap: Heap) {
  if (isShared(memory)) return startTeam(module, memory, heap);
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  return new Team(exports as WasmModule, heap);
}

/**
 * Loads our WebAssembly onto the heap of tfjs's WASM backend, which must be up. Null where the engine has no SIMD:
 * there kernels run as their plain references.
 * @throws DownloadError
 */
export async function loadWasmKernels(makeTeam: MakeTeam = usualTeam): Promise<Team | null> {
  const { wasm } = tf.backend() as unknown as WasmBackend;
  const memory = wasm.wasmMemory ?? wasm.asm.memory;
  if (!memory) throw new Error("tfjs's WASM backend shows no memory");
  const heap: Heap = {
    take(bytes) {
      const address = wasm._malloc(bytes) >>> 0;
      if (address === 0) throw new OutOfMemoryError(bytes);
      return address;
    },
    giveBack: (address) => wasm._free(address),
  };
  for (const url of binaries[isShared(memory) ? 'shared' : 'private']()) {
    const bytes = await read(url);
    if (!WebAssembly.validate(bytes)) continue;
    return makeTeam(await WebAssembly.compile(bytes), memory, heap);
  }
  return null;
}

async function read(url: URL): Promise<BufferSource> {
  // Node's fetch reads no files.
  if (url.protocol === 'file:') return process.getBuiltinModule('node:fs').readFileSync(url);
  return downloadWasm(url);
}

/** A kernel's form for the backend `wasm`. */
export const wasmKernel = <A extends Attributes>(
  kernel: FusedKernel<A>,
  calls: WasmCalls | null,
): KernelConfig => ({
  kernelName: kernel.name,
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const host = backend as unknown as WasmBackend;
    const attributes = attrs as unknown as A;
    const tensors = Object.entries(inputs as unknown as Record<string, TensorInfo>);
    const shapes: Record<string, Shape> = {};
    for (const [name, { shape }] of tensors) shapes[name] = shape;
    const outputs = makeOutputs(kernel.outputs(shapes, attributes), host);

    if (!calls) {
      const values = Object.fromEntries(tensors.map(([name, tensor]) => [name, arrayOf(tensor, host)]));
      const results = outputs.map((output) => arrayOf(output, host) as Float32Array);
      kernel.reference(values, shapes, attributes, results);
      return outputs;
    }
    const at: Record<string, number> = {};
    for (const [name, tensor] of tensors) at[name] = addressOf(tensor, host);
    const out = outputs.map((output) => addressOf(output, host));
    try {
      kernel.wasm(calls, at, out, shapes, attributes);
    } catch (error) {
      for (const { dataId } of outputs) host.disposeData(dataId);
      throw error;
    }
    return outputs;
  },
});

/** Room for outputs; tfjs puts those that the heap has none for at address 0, over whatever is there. */
function makeOutputs(shapes: Shape[], host: WasmBackend): TensorInfo[] {
  const outputs = shapes.map((shape) => host.makeOutput([...shape], 'float32'));
  const homeless = outputs.find((output) => sizeOf(output.shape) > 0 && addressOf(output, host) === 0);
  if (homeless) {
    for (const { dataId } of outputs) host.disposeData(dataId);
    throw new OutOfMemoryError(4 * sizeOf(homeless.shape));
  }
  return outputs;
}

const addressOf = ({ dataId }: TensorInfo, { dataIdMap }: WasmBackend) =>
  dataIdMap.get(dataId).memoryOffset >>> 0;

/** A tensor's numbers on the heap, for the time until the heap grows. */
function arrayOf(tensor: TensorInfo, host: WasmBackend): Float32Array | Int32Array {
  const Numbers = tensor.dtype === 'int32' ? Int32Array : Float32Array;
  return new Numbers(host.wasm.HEAPU8.buffer as ArrayBuffer, addressOf(tensor, host), sizeOf(tensor.shape));
}
