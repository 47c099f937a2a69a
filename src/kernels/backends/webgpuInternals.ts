/**
 * The one place that knows tfjs's WebGPU backend from the inside (4.22, pinned). `test/kernels/recording.browser.test.ts` fails
 * when an upgrade changes what is named here.
 */
import type { DataType, TensorInfo } from '@tensorflow/tfjs';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { promptly } from './pump';

/** A part of a buffer, in bytes. */
export interface BufferRange {
  buffer: GPUBuffer;
  offset: number;
  size: number;
}

export interface TensorData {
  values: unknown;
  dtype: DataType;
  shape: number[];
  refCount: number;
  resource?: GPUBuffer | null;
  /** tfjs leaves the buffer alone when the tensor goes. */
  external?: boolean;
  /** Ours: the tensor is this part of its resource. */
  range?: { offset: number; size: number };
}

export interface BufferSource {
  acquireBuffer(size: number, usage: number, mappedAtCreation?: boolean, reuse?: boolean): GPUBuffer;
  releaseBuffer(buffer: GPUBuffer, reuse?: boolean): void;
}

/** Members of the backend that its types hide. */
export interface WebgpuInternals {
  device: GPUDevice;
  queue: GPUQueue;
  bufferManager: BufferSource;
  pipelineCache: Record<string, unknown>;
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  commandQueueOwnedIds: WeakSet<object>;
  uniformPendingDisposal: GPUBuffer[];
  dispatchCountInPass: number;
  tensorMap: {
    get(id: object): TensorData;
    has(id: object): boolean;
    set(id: object, data: TensorData): void;
  };
  nextDataId(): number;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  uploadToGPU(id: object): void;
  makeTensorInfo(shape: number[], dtype: DataType): TensorInfo;
  tensorToBinding(tensor: TensorInfo): GPUBufferBinding;
  disposeData(id: object): boolean;
}

export const internalsOf = (backend: unknown) => backend as WebgpuInternals;

/** tfjs's backend, except that a tensor may be a part of a buffer. */
export class RangedWebgpuBackend extends WebGPUBackend {
  /** Overrides a method that the types call private. */
  static {
    const prototype = WebGPUBackend.prototype as unknown as WebgpuInternals;
    const whole = prototype.tensorToBinding;
    const ranged = RangedWebgpuBackend.prototype as unknown as WebgpuInternals;
    ranged.tensorToBinding = function (this: WebgpuInternals, tensor) {
      const data = tensor && this.tensorMap.get(tensor.dataId);
      return data?.range ? { buffer: data.resource!, ...data.range } : whole.call(this, tensor);
    };
  }

  /** Values of a tensor; a part of a buffer is read as such, and never kept on the CPU. */
  override async read(id: object) {
    const { range, dtype, resource } = internalsOf(this).tensorMap.get(id);
    if (!range) return promptly(internalsOf(this).device, super.read(id));
    const bytes = await readRange(internalsOf(this), { buffer: resource!, ...range });
    return dtype === 'int32' ? new Int32Array(bytes) : new Float32Array(bytes);
  }
}

/** Submits what was encoded so far. */
export function flush(backend: WebgpuInternals) {
  if (!backend.commandEncoder) return;
  backend.endComputePassEncoder();
  backend.submitQueue();
}

/** Waits for everything before it on the queue, and copies a part of a buffer to the CPU. */
export async function readRange(backend: WebgpuInternals, { buffer, offset, size }: BufferRange) {
  flush(backend);
  const { device } = backend;
  const staging = device.createBuffer({ size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, offset, staging, 0, size);
  device.queue.submit([encoder.finish()]);
  try {
    await promptly(device, staging.mapAsync(GPUMapMode.READ));
    return staging.getMappedRange().slice(0);
  } finally {
    staging.destroy();
  }
}
