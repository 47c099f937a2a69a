import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test, vi } from 'vitest';
import { internalsOf } from '../../src/kernels/backends/webgpuInternals';
import { setUpBackend } from '../support/backends';
import { distilled, tinyTrainer, twin } from './tinyExperiment';

beforeAll(() => setUpBackend('webgpu'));

test('1,000 replayed steps leave tensors and GPU bytes where they were after 200', {
  timeout: 600_000,
}, async () => {
  const live = liveBuffers();
  const trainer = tinyTrainer([distilled, twin], { steps: 1000 });
  await trainer.prepare();
  expect(trainer.isRecorded).toBe(true);
  const run = async (until: number) => {
    while (trainer.step < until) {
      trainer.trainStep();
      await trainer.keepUp();
      if (trainer.step % 25 === 0) expect(await trainer.readPoints()).toHaveLength(25);
      if (trainer.step % 100 === 0) await trainer.evaluate('sample', async () => {});
    }
    const { numTensors, numBytes } = tf.memory();
    return { numTensors, numBytes, ids: tf.backend().numDataIds(), ...gpuMemory(), buffers: live.size };
  };
  // Two evaluations, since the reads of one overlap as they come.
  const early = await run(200);
  expect(early.numBytesAllocatedInGPU).toBeGreaterThan(0);
  expect(await run(1000)).toEqual(early);
});

/** Buffers made from now on that are not destroyed: those of tfjs and ours. */
function liveBuffers(): Set<GPUBuffer> {
  const { device } = internalsOf(tf.backend());
  const live = new Set<GPUBuffer>();
  const create = device.createBuffer.bind(device);
  vi.spyOn(device, 'createBuffer').mockImplementation((descriptor) => {
    const buffer = create(descriptor);
    const destroy = buffer.destroy.bind(buffer);
    live.add(buffer);
    buffer.destroy = () => {
      live.delete(buffer);
      return destroy();
    };
    return buffer;
  });
  return live;
}

/** Bytes of live buffers, and of those with the ones kept for later use. */
function gpuMemory() {
  const { numBytesInGPU, numBytesAllocatedInGPU } = tf.memory() as unknown as Record<string, number>;
  return { numBytesInGPU, numBytesAllocatedInGPU };
}
