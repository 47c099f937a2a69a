import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { setUpBackend } from '../support/backends';
import { tinyTrainer, twin } from './tinyExperiment';

beforeAll(() => setUpBackend('webgpu'));

test('12 steps leave tensors and GPU bytes where they were after 4', { timeout: 600_000 }, async () => {
  const trainer = tinyTrainer([twin]);
  const run = async (until: number) => {
    while (trainer.step < until) {
      trainer.trainStep();
      if (trainer.step % 2 === 0) await trainer.readPoints();
    }
    const { numTensors, numBytes } = tf.memory();
    return { numTensors, numBytes, ...gpuMemory() };
  };
  const early = await run(4);
  expect(early.numBytesInGPU).toBeGreaterThan(0);
  expect(await run(12)).toEqual(early);
});

/** Bytes of live buffers, and of those with the ones kept for later use. */
function gpuMemory() {
  const { numBytesInGPU, numBytesAllocatedInGPU } = tf.memory() as unknown as Record<string, number>;
  return { numBytesInGPU, numBytesAllocatedInGPU };
}
