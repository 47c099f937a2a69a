import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { logitDistanceGradientKernel, logitDistanceKernel } from '../../src/kernels/logitDistance/kernel';
import { logitDistances } from '../../src/kernels/logitDistance/logitDistance';
import { closeTo } from '../support/closeTo';
import { checkKernel, type Input, noise } from './checkKernel';
import { describeKernels } from './describeKernels';
import { floats } from './inputs';

/** Every third weight is 0. */
export const logitDistanceInputs = (R: number, V: number, scale: number): Record<string, Input> => ({
  student: noise([R, V], 1, 9),
  teacher: noise([R, V], 2, 9),
  scale: floats([scale]),
  weights: floats(Array.from({ length: R }, (_, r) => (r % 3 === 2 ? 0 : 0.5 + (r % 4)))),
});

export function describeLogitDistance(backend: BackendName) {
  describeKernels(backend, 'logitDistance', () => {
    it.each([
      [1, 11, 1],
      [7, 33, 0.3],
      [33, 64, 1],
      [9, 1023, 0.1],
      [2, 8192, 0.7],
    ])('agrees with its reference, [%i, %i], scale %d', async (R, V, scale) => {
      const inputs = logitDistanceInputs(R, V, scale);
      await checkKernel(logitDistanceKernel, inputs, {});
      await checkKernel(logitDistanceGradientKernel, { ddistances: noise([R], 4), ...inputs }, {});
    });

    it('is what one works out by hand', async () => {
      const targets = {
        teacher: tf.tensor2d([4, -2, 0, 6, 1, 1], [3, 2]),
        scale: tf.tensor1d([0.5]),
        weights: tf.tensor1d([1, 3, 0]),
      };
      const student = tf.tensor2d([1, 1, 2, 3, 7, 7], [3, 2]);
      const { value, grad } = tf.valueAndGrad((s) => logitDistances(s as tf.Tensor2D, targets))(
        student,
        tf.tensor1d([1, 0.5, 1]),
      );
      // Differences (-1, 2), (2, 0), and a row that doesn't count.
      expect([...(await value.data())]).toEqual([5, 12, 0]);
      closeTo(await grad.data(), [-2, 4, 6, 0, 0, 0], 1e-6);
    });

    it.each([
      [5, 2048],
      [6, 1001],
    ])("is what tfjs's operations give, at scale 1; to the last bit on WASM, [%i, %i]", async (R, V) => {
      const student = tf.tensor2d(noise([R, V], 3, 7).values, [R, V]);
      const teacher = tf.tensor2d(noise([R, V], 4, 7).values, [R, V]);
      const weights = tf.tensor1d(noise([R], 5).values);
      const dy = tf.tensor1d(noise([R], 6).values);
      const ours = tf.valueAndGrad((s) =>
        logitDistances(s as tf.Tensor2D, { teacher, scale: tf.tensor1d([1]), weights }),
      )(student, dy);
      const theirs = tf.valueAndGrad((s) => s.sub(teacher).square().sum(-1).mul(weights))(student, dy);
      for (const part of ['value', 'grad'] as const) {
        const [actual, expected] = [await ours[part].data(), await theirs[part].data()];
        if (backend === 'wasm') expect(actual).toEqual(expected);
        else closeTo(actual, expected, 1e-5);
      }
    });

    it('gives rows that do not count a distance and a gradient of exactly 0, however large their logits', async () => {
      const targets = {
        teacher: tf.tensor2d(noise([2, 6], 9, 1e38).values, [2, 6]),
        scale: tf.tensor1d([1]),
        weights: tf.tensor1d([0, 0]),
      };
      const student = tf.tensor2d(noise([2, 6], 10, 1e38).values, [2, 6]);
      const { value, grad } = tf.valueAndGrad((s) => logitDistances(s as tf.Tensor2D, targets))(student);
      expect([...(await value.data())]).toEqual([0, 0]);
      expect([...(await grad.data())].every((x) => x === 0)).toBe(true);
    });
  });
}
