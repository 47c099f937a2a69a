import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { cosineLosses } from '../../src/kernels/cosineLoss/cosineLoss';
import { cosineLossGradientKernel, cosineLossKernel } from '../../src/kernels/cosineLoss/kernel';
import { closeTo } from '../support/closeTo';
import { checkKernel, noise } from './checkKernel';
import { describeKernels } from './describeKernels';

export function describeCosineLoss(backend: BackendName) {
  describeKernels(backend, 'cosineLoss', () => {
    it.each([
      [1, 24],
      [7, 33],
      [128, 312],
      [33, 64],
    ])('agrees with its reference, [%i, %i]', async (R, d) => {
      const inputs = { student: noise([R, d], 1), teacher: noise([R, d], 2), weights: noise([R], 3) };
      await checkKernel(cosineLossKernel, inputs, {});
      await checkKernel(cosineLossGradientKernel, { dlosses: noise([R], 4), ...inputs }, {});
    });

    it('is 0 for vectors along each other, 1 across, 2 against, times the weight; padding of zeros is harmless', async () => {
      const student = tf.tensor2d([1, 0, 3, 4, 1, 1, 2, 0, 0, 0], [5, 2]);
      const teacher = tf.tensor2d([0, 2, 6, 8, -2, -2, 1, 1, 0, 0], [5, 2]);
      const weights = tf.tensor1d([1, 1, 0.5, 2, 0]);
      const { value, grad } = tf.valueAndGrad((s) => cosineLosses(s as tf.Tensor2D, teacher, weights))(
        student,
        tf.tensor1d([1, 1, 1, 3, 1]),
      );
      closeTo(await value.data(), [1, 0, 1, 2 - Math.SQRT2, 0]);
      // -dloss·w·(t/(|s||t|) - cos·s/|s|²): the first is -(0, 2)/2, the fourth -6·((1, 1)/√8 - (2, 0)/√32).
      const across = 6 / Math.sqrt(8);
      closeTo(await grad.data(), [0, -1, 0, 0, 0, 0, 0, -across, 0, 0]);
      expect(grad.shape).toEqual([5, 2]);
    });
  });
}
