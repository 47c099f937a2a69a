import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { setUpBackend } from '../support/backends';
import { copyOfTeacher, distilled, tinyTrainer, trained, twin } from './tinyExperiment';

beforeAll(() => setUpBackend('wasm'));

/** Bytes of the WASM module's memory, which can only grow. */
function heapBytes() {
  const { wasm } = tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } };
  return wasm.HEAPU8.buffer.byteLength;
}

test('1,000 steps leave tensors and WASM heap where they were after 100', { timeout: 120_000 }, async () => {
  const trainer = tinyTrainer([distilled, twin], { steps: 1000 });
  const pause = async () => {};
  const run = async (until: number) => {
    while (trainer.step < until) {
      trainer.trainStep();
      if (trainer.step % 10 === 0) await trainer.readPoints();
      if (trainer.step % 50 === 0) await trainer.evaluate('sample', pause);
    }
    const { numTensors, numDataBuffers, numBytes } = tf.memory();
    return { numTensors, numDataBuffers, numBytes, ids: tf.backend().numDataIds(), heap: heapBytes() };
  };
  const early = await run(100);
  expect(await run(1000)).toEqual(early);
  trainer.dispose();
});

test('experiment after experiment leaves no tensor, and no more heap than the largest of them took', async () => {
  const wide = { ...distilled, id: 'wide', initialisation: { kind: 'random' as const } };
  const experiments = [
    () => tinyTrainer([distilled]),
    () => tinyTrainer([{ ...wide, student: { ...wide.student, hiddenSize: 64 }, weights: twin.weights }]),
    () => tinyTrainer([distilled, twin, copyOfTeacher], { batchSize: 32 }),
    () => tinyTrainer([{ ...distilled, softTargets: 'shuffled' }], { batchSize: 2, accumulation: 2 }),
  ];
  const { numTensors } = tf.memory();
  const round = async () => {
    for (const open of experiments) {
      const trainer = open();
      await trained(trainer, 2);
      await trainer.evaluate('sample', async () => {});
      await trainer.probe([1, 40, 3, 2], 2);
      trainer.restore(await trainer.takeSnapshot());
      trainer.dispose();
    }
    return { heap: heapBytes(), tensors: tf.memory().numTensors, ids: tf.backend().numDataIds() };
  };
  const first = await round();
  expect(first.tensors).toBe(numTensors);
  for (let i = 0; i < 3; i++) expect(await round()).toEqual(first);
});
