/** Runs fused kernels on tfjs's WebGPU backend, in the order of its own operations. */
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { Attributes, FusedKernel } from '../kernel';
import { accessOf, type Binding, type GpuProgram, type GpuTraits, uniformBytes, wgslOf } from './gpuProgram';
import { type PipelineText, pipelineNow } from './pipelines';
import { internalsOf, type WebgpuInternals } from './webgpuInternals';

/** What a bind group is made of, and which of its bindings are written to: recordings need to know. */
export interface MarkedBindGroupDescriptor extends GPUBindGroupDescriptor {
  writes?: number[];
}

/** A kernel's form for the backend `webgpu`. */
export const webgpuKernel = <A extends Attributes>(kernel: FusedKernel<A>): KernelConfig => ({
  kernelName: kernel.name,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const internals = internalsOf(backend);
    const tensors = inputs as unknown as Record<string, TensorInfo>;
    const attributes = attrs as unknown as A;
    const shapes = Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape]));
    const outputs = kernel
      .outputs(shapes, attributes)
      .map((shape) => internals.makeTensorInfo([...shape], 'float32'));
    const named: Record<string, TensorInfo> = { ...tensors };
    outputs.forEach((output, i) => {
      named[`out${i}`] = output;
    });
    runPrograms(internals, kernel.gpu(shapes, attributes, traitsOf(internals.device)), named);
    return outputs;
  },
});

/** Encodes programs over tensors by name; scratch buffers live for as long as the programs. */
export function runPrograms(
  backend: WebgpuInternals,
  programs: GpuProgram[],
  tensors: Record<string, TensorInfo>,
) {
  const scratch = programs.flatMap(({ scratch }) =>
    Object.entries(scratch ?? {}).map(([name, length]) => {
      tensors[name] ??= backend.makeTensorInfo([length], 'float32');
      return tensors[name];
    }),
  );
  for (const { dataId } of Object.values(tensors)) backend.uploadToGPU(dataId);
  for (const program of programs) encode(backend, program, tensors);
  for (const { dataId } of new Set(scratch)) backend.disposeData(dataId);
}

function encode(backend: WebgpuInternals, program: GpuProgram, tensors: Record<string, TensorInfo>) {
  const layout = layoutOf(backend.device, program);
  const pipeline = pipelineNow(backend.device, textOf(program, layout));
  const resources: GPUBindingResource[] = program.bindings.map(({ name }) => {
    const tensor = tensors[name];
    if (!tensor) throw new Error(`${program.label} binds ${name}, which it was not given`);
    backend.commandQueueOwnedIds.add(tensor.dataId);
    return backend.tensorToBinding(tensor);
  });
  const uniforms = uniformBytes(program);
  if (uniforms) {
    const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    const buffer = backend.bufferManager.acquireBuffer(uniforms.byteLength, usage);
    backend.queue.writeBuffer(buffer, 0, uniforms);
    backend.uniformPendingDisposal.push(buffer);
    resources.push({ buffer, offset: 0, size: uniforms.byteLength });
  }
  const descriptor = bindGroupOf(program, layout, resources);
  // tfjs keeps what it has read of a tensor; after a write that is stale.
  for (const i of descriptor.writes!) {
    backend.tensorMap.get(tensors[program.bindings[i].name].dataId).values = null;
  }
  const bindGroup = backend.device.createBindGroup(descriptor);
  backend.ensureCommandEncoderReady();
  backend.computePassEncoder ??= backend.commandEncoder!.beginComputePass();
  backend.computePassEncoder.setPipeline(pipeline);
  backend.computePassEncoder.setBindGroup(0, bindGroup);
  backend.computePassEncoder.dispatchWorkgroups(...program.workgroups);
  backend.dispatchCountInPass += 1;
  if (backend.dispatchCountInPass >= tf.env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE')) {
    backend.endComputePassEncoder();
    backend.submitQueue();
  }
}

const isWritten = (binding: Binding) => accessOf(binding) === 'read_write';

interface Layout {
  group: GPUBindGroupLayout;
  pipeline: GPUPipelineLayout;
}

const layouts = new WeakMap<GPUDevice, Map<string, Layout>>();

/** What is compiled of a program. */
export const textOf = (program: GpuProgram, layout: Layout): PipelineText => ({
  code: wgslOf(program),
  label: program.label,
  layout: layout.pipeline,
  entryPoint: 'main',
});

/** What a program's bind group is made of: its bindings in order, then its uniforms. */
export const bindGroupOf = (
  program: GpuProgram,
  layout: Layout,
  resources: GPUBindingResource[],
): MarkedBindGroupDescriptor => ({
  layout: layout.group,
  entries: resources.map((resource, binding) => ({ binding, resource })),
  writes: program.bindings.flatMap((binding, i) => (isWritten(binding) ? [i] : [])),
});

/** Written out, since 'auto' leaves out a binding that the text declares and doesn't use. */
export function layoutOf(device: GPUDevice, program: GpuProgram): Layout {
  const types: GPUBufferBindingType[] = program.bindings.map((binding) =>
    isWritten(binding) ? 'storage' : 'read-only-storage',
  );
  if (Object.keys(program.uniforms).length > 0) types.push('uniform');
  const known = layouts.get(device) ?? new Map<string, Layout>();
  layouts.set(device, known);
  const key = types.join();
  if (!known.has(key)) {
    const visibility = GPUShaderStage.COMPUTE;
    const group = device.createBindGroupLayout({
      entries: types.map((type, binding) => ({ binding, visibility, buffer: { type } })),
    });
    known.set(key, { group, pipeline: device.createPipelineLayout({ bindGroupLayouts: [group] }) });
  }
  return known.get(key)!;
}

const traits = new WeakMap<object, GpuTraits>();

/** Tells what programs may choose by; called once for a device (or for what stands for it in a recording). */
export function describeDevice(device: GPUDevice, software: boolean) {
  const { limits, features } = device;
  traits.set(device, { software, limits, features });
}

export const traitsOf = (device: GPUDevice): GpuTraits =>
  traits.get(device) ?? { software: false, limits: device.limits, features: device.features };
