import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { setUpBackend } from '../support/backends';
import { distilled, tinyTrainer, twin } from './tinyExperiment';

beforeAll(() => setUpBackend('webgpu'));

test('1,000 replayed steps leave tensors and GPU bytes where they were after 100', {
  timeout: 600_000,
}, async () => {
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
    return { numTensors, numBytes, ids: tf.backend().numDataIds(), ...gpuMemory() };
  };
  const early = await run(100);
  expect(early.numBytesAllocatedInGPU).toBeGreaterThan(0);
  expect(await run(1000)).toEqual(early);
});

/** Bytes of live buffers, and of those with the ones kept for later use. */
function gpuMemory() {
  const { numBytesInGPU, numBytesAllocatedInGPU } = tf.memory() as unknown as Record<string, number>;
  return { numBytesInGPU, numBytesAllocatedInGPU };
}
