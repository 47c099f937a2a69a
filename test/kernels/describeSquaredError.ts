import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { squaredErrorGradientKernel, squaredErrorKernel } from '../../src/kernels/squaredError/kernel';
import { squaredErrors } from '../../src/kernels/squaredError/squaredError';
import { closeTo } from '../support/closeTo';
import { checkKernel, noise } from './checkKernel';
import { describeKernels } from './describeKernels';

/** 1 for a token, 0 for padding. */
const padding = (B: number, C: number) => {
  const { shape, values } = noise([B, C], 9);
  return { shape, values: Float32Array.from(values, (v) => (v > -0.3 ? 1 : 0)) };
};

export function describeSquaredError(backend: BackendName) {
  describeKernels(backend, 'squaredError', () => {
    it.each([
      { R: 1, C: 24, hasB: true, B: null },
      { R: 84, C: 7, hasB: true, B: 3 },
      { R: 66, C: 33, hasB: false, B: 1 },
      { R: 128, C: 312, hasB: false, B: null },
      { R: 256, C: 128, hasB: true, B: 2 },
      { R: 4, C: 1, hasB: true, B: 4 },
    ])('agrees with its reference, %j', async ({ R, C, hasB, B }) => {
      const inputs = {
        a: noise([R, C], 1),
        ...(hasB ? { b: noise([R, C], 2) } : {}),
        ...(B ? { mask: padding(B, C) } : {}),
      };
      await checkKernel(squaredErrorKernel, inputs, {});
      await checkKernel(squaredErrorGradientKernel, { drows: noise([R], 3), ...inputs }, {});
    });

    it('sums to the mean over all elements, masked ones counted as 0', async () => {
      const a = tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8], [4, 2]);
      const b = tf.tensor2d([0, 0, 1, 1, 5, 5, 6, 10], [4, 2]);
      const mask = tf.tensor2d([1, 0, 1, 1], [2, 2]);
      const sumAndGradient = async (b: tf.Tensor2D | null, mask: tf.Tensor2D | null) => {
        const loss = (a: tf.Tensor) => squaredErrors(a as tf.Tensor2D, b, mask).sum();
        const { value, grad } = tf.valueAndGrad(loss)(a);
        return [(await value.data())[0] * 8, ...(await grad.data()).map((v) => v * 4)];
      };
      closeTo(await sumAndGradient(b, null), [24, 1, 2, 2, 3, 0, 1, 1, -2]);
      closeTo(await sumAndGradient(b, mask), [11, 1, 0, 2, 0, 0, 1, 1, -2]);
      closeTo(await sumAndGradient(null, mask), [184, 1, 0, 3, 0, 5, 6, 7, 8]);
      closeTo(await sumAndGradient(null, null), [204, 1, 2, 3, 4, 5, 6, 7, 8]);
      expect(squaredErrors(a, b, mask).shape).toEqual([4]);
    });
  });
}
