import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { setUpBackend } from '../support/backends';
import { distilled, tinyTrainer, twin } from './tinyExperiment';

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
});
