/**
 * Records what tfjs and our kernels would do on the GPU, without doing it. The backend is given stand-ins for its
 * device, its queue and its buffers; whatever it dispatches becomes a list of commands over virtual buffers.
 * `plannedPass.ts` turns such a list into buffers, pipelines and bind groups that can be replayed.
 */
import type { PipelineText } from './pipelines';
import type { MarkedBindGroupDescriptor } from './webgpu';
import { describeDevice, traitsOf } from './webgpu';
import { type BufferSource, flush, type WebgpuInternals } from './webgpuInternals';

/** A buffer that exists only in a recording; `mapState` is what tfjs asks a buffer for. */
export class VirtualBuffer {
  readonly mapState = 'unmapped';
  /** Bytes that it holds from the beginning: a constant, which nothing writes to. */
  constant: ArrayBuffer | null = null;
  /** Kept for readers outside the recording. */
  pinned = false;
  /** Where it lies, once planned. */
  place: { buffer: GPUBuffer; offset: number } | null = null;

  constructor(
    readonly size: number,
    readonly usage: number,
  ) {}

  destroy() {}
}

/** Memory that the CPU writes before it is copied to a virtual buffer. */
class Staging {
  readonly mapState = 'mapped';
  private readonly bytes: ArrayBuffer;

  constructor(
    readonly size: number,
    readonly usage: number,
  ) {
    this.bytes = new ArrayBuffer(size);
  }

  getMappedRange = () => this.bytes;
  unmap() {}
  destroy() {}
}

export type AnyBuffer = GPUBuffer | VirtualBuffer;

export interface BoundRange {
  buffer: AnyBuffer;
  offset: number;
  size: number;
}

/** A pipeline that is wanted; compiled after the recording, all at once. */
export interface WantedPipeline {
  text: PipelineText;
  /** tfjs asks its pipelines for a layout; this stands for it. */
  getBindGroupLayout: (index: number) => GPUBindGroupLayout;
}

export interface Dispatch {
  kind: 'dispatch';
  pipeline: WantedPipeline;
  /** The written-out layout, or null where the pipeline's own is to be asked. */
  layout: GPUBindGroupLayout | null;
  bindings: BoundRange[];
  /** Indices of the bindings that are written to. */
  writes: number[];
  workgroups: [number, number, number];
}

export interface Copy {
  kind: 'copy';
  from: BoundRange;
  to: BoundRange;
}

export type Command = Dispatch | Copy;

export interface Recorded {
  commands: Command[];
  /** Buffers of uniforms, which belong to the recording. */
  uniforms: GPUBuffer[];
}

/** Runs `work` with nothing but recording. What it computes is never there; it must not read a value. */
export function record(backend: WebgpuInternals, work: () => void): Recorded {
  flush(backend);
  const commands: Command[] = [];
  const uniforms: GPUBuffer[] = [];
  const device = standInDevice(backend.device, commands);
  describeDevice(device, traitsOf(backend.device).software);
  const { queue, bufferManager, pipelineCache, uploadToGPU } = backend;
  const own = { device: backend.device, queue, bufferManager, pipelineCache, uploadToGPU };
  const uploaded = new Map<object, unknown>();
  Object.assign(backend, {
    device,
    queue: device.queue,
    bufferManager: standInBuffers(own.device, uniforms),
    pipelineCache: {},
    uploadToGPU: (id: object) => {
      const { resource, values } = backend.tensorMap.get(id);
      if (!resource && values) uploaded.set(id, values);
      uploadToGPU.call(backend, id);
    },
  });
  try {
    work();
  } catch (error) {
    for (const buffer of uniforms) buffer.destroy();
    throw error;
  } finally {
    // Ends what is open, so that tfjs gives back what waited for it.
    flush(backend);
    Object.assign(backend, own, { commandEncoder: null, computePassEncoder: null, dispatchCountInPass: 0 });
    keepOnCpu(backend, uploaded);
  }
  return { commands, uniforms };
}

/** Tensors whose values the recording took over as constants, and that outlive it, are as they were. */
function keepOnCpu(backend: WebgpuInternals, uploaded: Map<object, unknown>) {
  for (const [id, values] of uploaded) {
    if (backend.tensorMap.has(id)) Object.assign(backend.tensorMap.get(id), { values, resource: null });
  }
}

function standInBuffers(device: GPUDevice, uniforms: GPUBuffer[]): BufferSource {
  return {
    acquireBuffer(size, usage) {
      if (usage & GPUBufferUsage.UNIFORM) {
        const buffer = device.createBuffer({ size, usage });
        uniforms.push(buffer);
        return buffer;
      }
      const made =
        usage & GPUBufferUsage.MAP_WRITE ? new Staging(size, usage) : new VirtualBuffer(size, usage);
      return made as unknown as GPUBuffer;
    },
    // A buffer's life in a recording ends with its last use.
    releaseBuffer() {},
  };
}

function standInDevice(device: GPUDevice, commands: Command[]): GPUDevice {
  const wanted = new Map<string, WantedPipeline>();
  const encoder = standInEncoder(commands);
  const standIn = {
    limits: device.limits,
    features: device.features,
    queue: {
      // Uniforms are written for good; nothing else is written while recording.
      writeBuffer: (...args: Parameters<GPUQueue['writeBuffer']>) => device.queue.writeBuffer(...args),
      submit() {},
    },
    createShaderModule: ({ code }: GPUShaderModuleDescriptor) => ({ code }),
    createBindGroupLayout: (descriptor: GPUBindGroupLayoutDescriptor) =>
      device.createBindGroupLayout(descriptor),
    createPipelineLayout: (descriptor: GPUPipelineLayoutDescriptor) =>
      device.createPipelineLayout(descriptor),
    createComputePipeline: ({ label, layout, compute }: GPUComputePipelineDescriptor): WantedPipeline => {
      const { code } = compute.module as unknown as { code: string };
      const known = wanted.get(code);
      if (known) return known;
      const pipeline: WantedPipeline = {
        text: { code, label, layout, entryPoint: compute.entryPoint },
        getBindGroupLayout: () => null as unknown as GPUBindGroupLayout,
      };
      wanted.set(code, pipeline);
      return pipeline;
    },
    createBindGroup: (descriptor: MarkedBindGroupDescriptor) => descriptor,
    createCommandEncoder: () => encoder,
  };
  return standIn as unknown as GPUDevice;
}

function standInEncoder(commands: Command[]): GPUCommandEncoder {
  let pipeline: WantedPipeline;
  let group: MarkedBindGroupDescriptor;
  const pass = {
    setPipeline: (next: unknown) => {
      pipeline = next as WantedPipeline;
    },
    setBindGroup: (_: number, next: unknown) => {
      group = next as MarkedBindGroupDescriptor;
    },
    dispatchWorkgroups: (x: number, y = 1, z = 1) => {
      commands.push({
        kind: 'dispatch',
        pipeline,
        layout: group.layout,
        bindings: [...group.entries].map(({ resource }) => boundRange(resource)),
        // tfjs's programs write to their first binding and read the others.
        writes: group.writes ?? [0],
        workgroups: [x, y, z],
      });
    },
    end() {},
  };
  const encoder = {
    beginComputePass: () => pass,
    finish: () => null,
    copyBufferToBuffer: (from: unknown, fromAt: number, to: unknown, toAt: number, size: number) => {
      if (from instanceof Staging) {
        (to as VirtualBuffer).constant = from.getMappedRange();
      } else {
        commands.push({
          kind: 'copy',
          from: { buffer: from as AnyBuffer, offset: fromAt, size },
          to: { buffer: to as AnyBuffer, offset: toAt, size },
        });
      }
    },
  };
  return encoder as unknown as GPUCommandEncoder;
}

/** A binding as tfjs makes it: a range, or (for a virtual buffer, which it doesn't know) the buffer itself. */
function boundRange(resource: unknown): BoundRange {
  if (resource instanceof VirtualBuffer) return { buffer: resource, offset: 0, size: resource.size };
  const { buffer, offset = 0, size = buffer.size - offset } = resource as GPUBufferBinding;
  return { buffer, offset, size };
}
