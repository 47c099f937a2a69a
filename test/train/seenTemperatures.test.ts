import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { BatchTensors } from '../../src/train/batchTensors';
import { batchSizes, sizesOf } from '../../src/train/evaluation';
import { forward, onlyAsked } from '../../src/train/forward';
import type { Model } from '../../src/train/model';
import { seenAtTemperatures } from '../../src/train/seenTemperatures';
import { describeOn, testBackends } from '../support/backends';
import { golden, goldenStep, heldOutBatches, weightsOfGolden } from './goldenStep';

const weights = weightsOfGolden(golden.objective);
const pause = async () => {};
const temperatures = [0.5, 1, 2.5, 16];

/** The logits of the words that a batch asks for, [M][V]. */
async function logitsOf(model: Model, size: number): Promise<number[][]> {
  const rows: number[][] = [];
  for (const batch of heldOutBatches(size)) {
    const inputs = new BatchTensors(batchSizes(batch, ...sizesOf(model)));
    inputs.write(batch, null);
    const logits = tf.tidy(() => forward(model, inputs, onlyAsked).maskedLogits!);
    const values = (await logits.array()) as number[][];
    rows.push(...values.slice(0, batch.maskedCount));
    logits.dispose();
    inputs.dispose();
  }
  return rows;
}

/** In double precision, straight from the definition. */
function divergence(teacher: number[], student: number[], T: number): number {
  const logSoftmax = (logits: number[]) => {
    const top = Math.max(...logits) / T;
    const log = top + Math.log(logits.reduce((sum, z) => sum + Math.exp(z / T - top), 0));
    return logits.map((z) => z / T - log);
  };
  const [p, q] = [logSoftmax(teacher), logSoftmax(student)];
  return p.reduce((sum, log, i) => sum + Math.exp(log) * (log - q[i]), 0);
}

for (const backend of testBackends) {
  describeOn(backend, 'students seen at temperatures', () => {
    it('are as far from the teacher as the definition says, however they are divided into batches', async () => {
      const { teacher, model } = goldenStep(weights, 1);
      const [taught, own] = [await logitsOf(teacher, 3), await logitsOf(model, 3)];
      const expected = temperatures.map(
        (T) => taught.reduce((sum, row, i) => sum + divergence(row, own[i], T), 0) / taught.length,
      );
      const students = [
        { id: 'student', model },
        { id: 'teacher', model: teacher },
      ];
      for (const size of [1, 3, 16]) {
        const before = tf.memory().numTensors;
        const found = await seenAtTemperatures(teacher, students, heldOutBatches(size), temperatures, pause);
        expect(tf.memory().numTensors).toBe(before);
        found.student.forEach((value, i) => {
          expect(Math.abs(value - expected[i]), `T = ${temperatures[i]}`).toBeLessThan(
            1e-5 * Math.max(1, expected[i]),
          );
        });
        for (const value of found.teacher) expect(Math.abs(value)).toBeLessThan(1e-5);
      }
      // PyTorch's, at the T where there is one.
      expect(expected[1]).toBeCloseTo(golden.heldOut.student.klToTeacher, 5);
    });

    it('can be left between two batches, and leave nothing behind', async () => {
      const { teacher, model } = goldenStep(weights, 1);
      const before = tf.memory().numTensors;
      const leaving = seenAtTemperatures(
        teacher,
        [{ id: 'student', model }],
        heldOutBatches(1),
        [1],
        async () => {
          throw new Error('left');
        },
      );
      await expect(leaving).rejects.toThrow('left');
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}
