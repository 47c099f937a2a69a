/**
 * Tensors that stay where they are: one block of memory, parts of it as tensors of their own, values written in place.
 * What changes from step to step lives in such blocks, so that a recorded step sees it.
 */
import * as tf from '@tensorflow/tfjs';
import { type Shape, sizeOf } from '../kernel';
import { OutOfMemoryError } from './errors';
import { flush, internalsOf, readRange, type TensorData } from './webgpuInternals';

type Numbers = Float32Array | Int32Array;

export interface Part {
  shape: Shape;
  dtype: 'float32' | 'int32';
}

/** Parts begin at multiples of this many numbers: WebGPU binds at multiples of 256 bytes. */
export const partAlignment = 64;

/** A block and its parts by name. */
export interface Block<Name extends string = string> {
  /** All numbers, [size]. */
  flat: tf.Tensor1D;
  parts: Record<Name, tf.Tensor>;
  /** Where each part begins, in numbers. */
  offsets: Record<Name, number>;
  size: number;
}

/** How parts lie one after the other. */
function layOut<Name extends string>(parts: Record<Name, Part>) {
  let size = 0;
  const offsets = {} as Record<Name, number>;
  for (const [name, { shape }] of Object.entries(parts) as [Name, Part][]) {
    offsets[name] = size;
    size += Math.ceil(sizeOf(shape) / partAlignment) * partAlignment;
  }
  return { offsets, size };
}

/** Makes a block of zeros on the current backend. */
export function makeBlock<Name extends string>(parts: Record<Name, Part>): Block<Name> {
  const { offsets, size } = layOut(parts);
  const flat = makeStored([size]) as tf.Tensor1D;
  const views = {} as Record<Name, tf.Tensor>;
  for (const name of Object.keys(parts) as Name[]) {
    views[name] = tf.keep(viewOf(flat, offsets[name], parts[name]));
  }
  return { flat, parts: views, offsets, size };
}

export function disposeBlock({ flat, parts }: Block) {
  for (const view of Object.values(parts)) disposeView(view);
  flat.dispose();
}

/** Zeros that lie on the device from now on. */
export function makeStored(shape: Shape): tf.Tensor {
  if (tf.getBackend() === 'wasm') return tf.keep(zerosOnHeap(shape));
  const tensor = tf.keep(tf.tidy(() => tf.tensor(new Float32Array(sizeOf(shape)), [...shape], 'float32')));
  if (tf.getBackend() === 'webgpu') internalsOf(tf.backend()).uploadToGPU(tensor.dataId);
  return tensor;
}

/** tfjs would write values to address 0 where the heap has no room for them. */
function zerosOnHeap(shape: Shape): tf.Tensor {
  const backend = wasmOf(tf.backend());
  const { dataId } = backend.makeOutput([...shape], 'float32');
  const memoryOffset = addressOf(dataId, backend);
  const bytes = 4 * sizeOf(shape);
  if (bytes > 0 && memoryOffset === 0) {
    tf.backend().disposeData(dataId);
    throw new OutOfMemoryError(bytes);
  }
  backend.wasm.HEAPU8.fill(0, memoryOffset, memoryOffset + bytes);
  return tf.engine().makeTensorFromDataId(dataId, [...shape], 'float32', tf.backend());
}

/** A tensor that is a part of `flat`: no copy. Give it back by `disposeView`. */
function viewOf(flat: tf.Tensor, offset: number, { shape, dtype }: Part): tf.Tensor {
  const own = [...shape];
  const size = sizeOf(shape);
  const backend = tf.backend();
  switch (tf.getBackend()) {
    case 'webgpu': {
      const { tensorMap, nextDataId } = internalsOf(backend);
      const { resource } = tensorMap.get(flat.dataId);
      const dataId = { id: nextDataId.call(backend) };
      const range = { offset: 4 * offset, size: 4 * size };
      const data: TensorData = {
        values: null,
        dtype,
        shape: own,
        refCount: 1,
        resource,
        external: true,
        range,
      };
      tensorMap.set(dataId, data);
      return tf.engine().makeTensorFromDataId(dataId, own, dtype, backend);
    }
    case 'wasm': {
      const memoryOffset = addressOf(flat.dataId, wasmOf(backend)) + 4 * offset;
      const { dataId } = wasmOf(backend).makeOutput(own, dtype, memoryOffset);
      return tf.engine().makeTensorFromDataId(dataId, own, dtype, backend);
    }
    default: {
      const { buffer, byteOffset } = cpuOf(backend).data.get(flat.dataId).values;
      const at = byteOffset + 4 * offset;
      const values =
        dtype === 'int32' ? new Int32Array(buffer, at, size) : new Float32Array(buffer, at, size);
      return tf.engine().makeTensorFromDataId(backend.write(values, own, dtype), own, dtype, backend);
    }
  }
}

function disposeView(view: tf.Tensor) {
  // tfjs would free the memory, which belongs to the block.
  if (tf.getBackend() === 'wasm') wasmOf(tf.backend()).dataIdMap.get(view.dataId).memoryOffset = 0;
  view.dispose();
}

/**
 * To be called when the numbers of a block have changed in place. XNNPACK keeps packed weights by tensor id and would
 * go on with the old ones: on WASM the parts get new ids.
 */
export function touch({ parts }: Block) {
  if (tf.getBackend() !== 'wasm') return;
  const backend = wasmOf(tf.backend());
  for (const view of Object.values(parts)) {
    const data = backend.dataIdMap.get(view.dataId);
    backend.wasm.tfjs.disposeData(data.id);
    data.id = backend.dataIdNextNumber++;
    backend.wasm.tfjs.registerTensor(data.id, view.size, data.memoryOffset);
  }
}

/** Writes values in place, from number `offset` on. What was encoded before still sees the old ones. */
export function writeStored(tensor: tf.Tensor, values: Numbers, offset = 0) {
  const backend = tf.backend();
  switch (tf.getBackend()) {
    case 'webgpu': {
      const internals = internalsOf(backend);
      flush(internals);
      const data = internals.tensorMap.get(tensor.dataId);
      data.values = null;
      const at = (data.range?.offset ?? 0) + 4 * offset;
      internals.queue.writeBuffer(data.resource!, at, values.buffer, values.byteOffset, values.byteLength);
      return;
    }
    case 'wasm': {
      const { wasm } = wasmOf(backend);
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      wasm.HEAPU8.set(bytes, addressOf(tensor.dataId, wasmOf(backend)) + 4 * offset);
      return;
    }
    default: {
      const own = cpuOf(backend).data.get(tensor.dataId).values;
      const bytes = new Uint8Array(own.buffer, own.byteOffset, own.byteLength);
      bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), 4 * offset);
    }
  }
}

/** A copy of the current values on the CPU; waits for the device. */
export async function readStored(tensor: tf.Tensor): Promise<Float32Array> {
  if (tf.getBackend() === 'webgpu') {
    const internals = internalsOf(tf.backend());
    const { resource, range } = internals.tensorMap.get(tensor.dataId);
    return new Float32Array(
      await readRange(internals, { buffer: resource!, offset: range?.offset ?? 0, size: 4 * tensor.size }),
    );
  }
  if (tf.getBackend() === 'wasm') {
    const backend = wasmOf(tf.backend());
    const from = addressOf(tensor.dataId, backend);
    // One copy; tfjs's own read, of which we would need another, makes two.
    return new Float32Array(backend.wasm.HEAPU8.slice(from, from + 4 * tensor.size).buffer);
  }
  return (tf.backend().readSync(tensor.dataId) as Float32Array).slice();
}

/** Copies a tensor into a stored one, from number `offset` on. In a recording this usually costs nothing. */
export function copyInto(target: tf.Tensor, offset: number, source: tf.Tensor) {
  const backend = tf.backend();
  if (tf.getBackend() === 'webgpu') {
    const internals = internalsOf(backend);
    internals.uploadToGPU(source.dataId);
    const from = internals.tensorMap.get(source.dataId);
    const to = internals.tensorMap.get(target.dataId);
    internals.ensureCommandEncoderReady();
    internals.endComputePassEncoder();
    internals.commandQueueOwnedIds.add(source.dataId);
    internals.commandEncoder!.copyBufferToBuffer(
      from.resource!,
      from.range?.offset ?? 0,
      to.resource!,
      (to.range?.offset ?? 0) + 4 * offset,
      4 * source.size,
    );
    to.values = null;
  } else if (tf.getBackend() === 'wasm') {
    const { wasm } = wasmOf(backend);
    const from = addressOf(source.dataId, wasmOf(backend));
    wasm.HEAPU8.copyWithin(
      addressOf(target.dataId, wasmOf(backend)) + 4 * offset,
      from,
      from + 4 * source.size,
    );
  } else {
    const { data } = cpuOf(backend);
    (data.get(target.dataId).values as Float32Array).set(data.get(source.dataId).values, offset);
  }
}

interface WasmInternals {
  wasm: {
    HEAPU8: Uint8Array;
    tfjs: { registerTensor(id: number, size: number, at: number): void; disposeData(id: number): void };
  };
  dataIdMap: { get(id: object): { id: number; memoryOffset: number } };
  dataIdNextNumber: number;
  makeOutput(shape: number[], dtype: 'float32' | 'int32', memoryOffset?: number): { dataId: object };
}

const wasmOf = (backend: unknown) => backend as WasmInternals;
/** Above 2 GiB an address comes as a negative number. */
const addressOf = (dataId: object, { dataIdMap }: WasmInternals) => dataIdMap.get(dataId).memoryOffset >>> 0;
const cpuOf = (backend: unknown) => backend as { data: { get(id: object): { values: Numbers } } };
