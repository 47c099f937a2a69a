import * as tf from '@tensorflow/tfjs';
import { type Shape, type Shapes, sizeOf } from '../kernel';
import { DeviceLost } from './errors';
import { type GpuProgram, uniformBytes } from './gpuProgram';
import { pipelineSoon } from './pipelines';
import { promptly } from './pump';
import { bindGroupOf, layoutOf, textOf } from './webgpu';
import { flush, internalsOf } from './webgpuInternals';

/** Repetitions in one submit, so that its own cost doesn't count; and submits, of which the fastest counts. */
const repetitions = 20;
const submits = 3;

/**
 * Milliseconds that programs take on the current device (WebGPU), compilation aside, on zeros of these shapes: inputs by
 * name, outputs as `out0`, `out1`, ...
 * @throws DeviceLost; another error where the device refuses a program
 */
export async function timePrograms(
  programs: GpuProgram[],
  inputs: Shapes,
  outputs: Shape[],
): Promise<number> {
  const backend = internalsOf(tf.backend());
  flush(backend);
  const { device } = backend;
  // A program that is refused is nobody's fault here.
  device.pushErrorScope('validation');
  const [timing] = await Promise.allSettled([timeOn(device, programs, inputs, outputs)]);
  if (await isLost(device)) throw new DeviceLost();
  const refusal = await device.popErrorScope();
  if (timing.status === 'rejected') throw timing.reason;
  if (refusal) throw new Error(refusal.message);
  return timing.value;
}

/** The news of a loss may come a moment after what follows from it. */
const isLost = (device: GPUDevice): Promise<boolean> =>
  Promise.race([
    device.lost.then(() => true),
    new Promise<false>((resolve) => setTimeout(resolve, 0, false)),
  ]);

async function timeOn(
  device: GPUDevice,
  programs: GpuProgram[],
  inputs: Shapes,
  outputs: Shape[],
): Promise<number> {
  const owned: GPUBuffer[] = [];
  const make = (size: number, usage: number) => {
    const buffer = device.createBuffer({ size: Math.ceil(size / 16) * 16, usage });
    owned.push(buffer);
    return buffer;
  };
  const named: Record<string, GPUBuffer> = {};
  const shapes = { ...inputs, ...Object.fromEntries(outputs.map((shape, i) => [`out${i}`, shape])) };
  for (const [name, shape] of Object.entries(shapes))
    named[name] = make(4 * sizeOf(shape), GPUBufferUsage.STORAGE);
  for (const { scratch } of programs) {
    for (const [name, length] of Object.entries(scratch ?? {}))
      named[name] ??= make(4 * length, GPUBufferUsage.STORAGE);
  }
  try {
    const ready = await Promise.all(
      programs.map(async (program) => {
        const layout = layoutOf(device, program);
        const resources: GPUBindingResource[] = program.bindings.map(({ name }) => ({ buffer: named[name] }));
        const uniforms = uniformBytes(program);
        if (uniforms) {
          const buffer = make(uniforms.byteLength, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST);
          device.queue.writeBuffer(buffer, 0, uniforms);
          resources.push({ buffer });
        }
        const group = device.createBindGroup(bindGroupOf(program, layout, resources));
        return {
          pipeline: await pipelineSoon(device, textOf(program, layout)),
          group,
          workgroups: program.workgroups,
        };
      }),
    );
    const times: number[] = [];
    for (let submit = 0; submit < submits; submit++) {
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      for (let i = 0; i < repetitions; i++) {
        for (const { pipeline, group, workgroups } of ready) {
          pass.setPipeline(pipeline);
          pass.setBindGroup(0, group);
          pass.dispatchWorkgroups(...workgroups);
        }
      }
      pass.end();
      const start = performance.now();
      device.queue.submit([encoder.finish()]);
      // A device that is lost may never answer.
      await Promise.race([promptly(device, device.queue.onSubmittedWorkDone()), device.lost]);
      times.push((performance.now() - start) / repetitions);
    }
    return Math.min(...times);
  } finally {
    for (const buffer of owned) buffer.destroy();
  }
}
