import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { accumulateInPlace, adamWInPlace, squaredNorm } from '../../src/kernels/adamW/adamW';
import { type AdamWHyper, fillHyper, hyperLength } from '../../src/kernels/adamW/hyper';
import { accumulateKernel, adamWKernel, squaredNormKernel } from '../../src/kernels/adamW/kernel';
import { closeTo } from '../support/closeTo';
import { checkKernel, noise } from './checkKernel';
import { describeKernels } from './describeKernels';
import { floats } from './inputs';

const hyperOf = (given: Partial<AdamWHyper>) =>
  floats(
    fillHyper(new Float32Array(hyperLength), {
      learningRate: 1e-2,
      beta1: 0.9,
      beta2: 0.98,
      epsilon: 1e-6,
      weightDecay: 0.1,
      update: 3,
      clipNorm: 5,
      gradientScale: 1,
      slot: 0,
      ...given,
    }),
  );

/** Second moments are never negative. */
const positive = (shape: number[], seed: number) => {
  const { values } = noise(shape, seed);
  return { shape, values: Float32Array.from(values, Math.abs) };
};

export function describeAdamW(backend: BackendName) {
  describeKernels(backend, 'kernels of AdamW', () => {
    it.each([1, 64, 1000, 1024, 40_000])('squaredNorm of %i agrees with its reference', async (P) => {
      await checkKernel(squaredNormKernel, { x: noise([P], 1) }, {});
    });

    it('squaredNorm sums to the squared norm, also where most parts are empty', async () => {
      const sum = squaredNorm(tf.tensor1d([3, -4, 12])).sum();
      closeTo(await sum.data(), [169]);
    });

    it.each([
      [64, { update: 1, slot: 1 }],
      [64 * 9, { gradientScale: 0.25, slot: 2 }],
      [64 * 300, { clipNorm: 1e9 }],
    ])('updates %i parameters as its reference, %j', async (P, given) => {
      const kinds = floats(Array.from({ length: P / 64 }, (_, block) => (block + 2) % 3));
      const inputs = {
        parameters: noise([P], 1),
        moments: positive([2, P], 2),
        gradients: noise([P], 3),
        norms: positive([256], 4),
        decay: kinds,
        hyper: hyperOf(given),
        report: noise([6], 5),
        ring: noise([3, 7], 6),
      };
      await checkKernel(adamWKernel, inputs, {}, { changed: ['parameters', 'moments', 'ring'] });
    });

    it('updates by the formula: decay, clipping, bias correction and report, worked out by hand', async () => {
      // ‖g‖ = 2·√(64·3² + 64·4²) = 80 with the scale of 2; clipped to 8 the gradients are 0.6 and 0.8.
      const blocks = (...values: number[]) => tf.tensor1d(values.flatMap((v) => Array(64).fill(v)));
      const gradients = blocks(3, 4, 0);
      const hyper = hyperOf({
        learningRate: 0.5,
        epsilon: 0,
        update: 1,
        clipNorm: 8,
        gradientScale: 2,
        slot: 1,
      });
      const tensors = {
        parameters: blocks(1, 1, 1),
        moments: tf.zeros<tf.Rank.R2>([2, 192]),
        gradients,
        norms: squaredNorm(gradients),
        decay: tf.tensor1d([2, 1, 0]),
        hyper: tf.tensor1d(hyper.values),
        report: tf.tensor1d([7, -1]),
        ring: tf.zeros<tf.Rank.R2>([2, 3]),
      };
      adamWInPlace(tensors);
      // In the first update m̂/√v̂ is the gradient's sign; only the first block decays, by η λ = 0.05.
      const at = async (tensor: tf.Tensor, ...indices: number[]) => {
        const values = await tensor.data();
        return indices.map((i) => values[i]);
      };
      closeTo(await at(tensors.parameters, 0, 63, 64, 127, 128, 191), [0.45, 0.45, 0.5, 0.5, 1, 1], 1e-5);
      closeTo(await at(tensors.moments, 0, 127, 128), [0.06, 0.08, 0], 1e-5);
      closeTo(await at(tensors.moments, 192, 192 + 127, 192 + 128), [0.02 * 0.36, 0.02 * 0.64, 0], 1e-5);
      closeTo(await tensors.ring.data(), [0, 0, 0, 14, -2, 80], 1e-5);
    });

    it.each([1, 64, 1001])('accumulates %i numbers', async (n) => {
      for (const first of [0, 1]) {
        const inputs = { sum: noise([n], 1), value: noise([n], 2), first: floats([first]) };
        await checkKernel(accumulateKernel, inputs, {}, { changed: ['sum'] });
      }
    });

    it('starts a sum anew with the first value, whatever was there', async () => {
      const sum = tf.tensor1d([1e9, -1e9, 3]);
      accumulateInPlace(sum, tf.tensor1d([1, 2, 3]), tf.tensor1d([1]));
      accumulateInPlace(sum, tf.tensor1d([10, 20, 30]), tf.tensor1d([0]));
      expect([...(await sum.data())]).toEqual([11, 22, 33]);
    });

    it('says which kernel a backend lacks', async () => {
      const { unregisterKernel, registerKernel } = tf;
      const config = tf.getKernel(accumulateKernel.name, backend)!;
      unregisterKernel(accumulateKernel.name, backend);
      const one = tf.tensor1d([1]);
      expect(() => accumulateInPlace(one, one, one)).toThrow(/StillroomAccumulate .* backend/);
      registerKernel(config);
    });
  });
}
