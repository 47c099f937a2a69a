import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { dropout, dropoutFactors } from '../../src/kernels/dropout/dropout';
import { dropoutKernel } from '../../src/kernels/dropout/kernel';
import { closeTo } from '../support/closeTo';
import { checkKernel, type Input, noise, referenceOf } from './checkKernel';
import { describeKernels } from './describeKernels';
import { whole } from './inputs';

const seedOf = (seed: number) => tf.tensor1d([seed], 'int32');

export function describeDropout(backend: BackendName) {
  describeKernels(backend, 'dropout', () => {
    it.each([
      { shape: [1], rate: 0.5, seed: 0, place: 0 },
      { shape: [7, 13], rate: 0.1, seed: -1, place: 1 },
      { shape: [3, 2, 33, 33], rate: 0.3, seed: 2 ** 31 - 1, place: 40 },
      { shape: [1025, 64], rate: 0.9, seed: -(2 ** 31), place: 2 },
    ])('drops what its reference drops, %j', async ({ shape, rate, seed, place }) => {
      const given = { seed: whole([seed]) };
      const [x, residual] = [noise(shape, 1), noise(shape, 2)];
      const attributes = { rate, place, count: 0 };
      await checkKernel(dropoutKernel, { ...given, x }, attributes, { tolerance: 1e-6 });
      await checkKernel(dropoutKernel, { ...given, x, residual }, attributes, { tolerance: 1e-6 });
      const count = x.values.length;
      await checkKernel(dropoutKernel, given, { ...attributes, count }, { tolerance: 1e-6 });
    });

    it('has the gradient of its factors, which depend on seed and place', async () => {
      const x: Input = noise([5, 6], 1);
      const dy = noise([5, 6], 2);
      const tensors = [x, dy].map(({ values }) => tf.tensor2d(values as Float32Array, [5, 6]));
      const run = async (seed: number, place: number) => {
        const at = { rate: 0.4, seed: seedOf(seed), place };
        const { value, grad } = tf.valueAndGrad((t: tf.Tensor2D) => dropout(t, at))(tensors[0], tensors[1]);
        const factors = await dropoutFactors(at, [5, 6]).data();
        closeTo(
          await value.data(),
          factors.map((f, i) => f * x.values[i]),
          1e-6,
        );
        closeTo(
          await grad.data(),
          factors.map((f, i) => f * dy.values[i]),
          1e-6,
        );
        return [...factors].map((f) => f > 0);
      };
      const first = await run(3, 1);
      expect(await run(3, 1)).toEqual(first);
      expect(await run(4, 1)).not.toEqual(first);
      expect(await run(3, 2)).not.toEqual(first);
    });

    it('is nothing at all where nothing is to be dropped', () => {
      const x = tf.zeros([2, 2]);
      expect(dropout(x, null)).toBe(x);
    });
  });
}

/** The factors of one dropout, from the reference. */
export const factorsOf = (seed: number, place: number, rate: number, count: number) =>
  referenceOf(dropoutKernel, { seed: whole([seed]) }, { rate, place, count }).outputs[0];
