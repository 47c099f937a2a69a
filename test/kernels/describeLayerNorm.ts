import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { layerNormGradientKernel, layerNormKernel } from '../../src/kernels/layerNorm/kernel';
import { layerNorm } from '../../src/kernels/layerNorm/layerNorm';
import { closeTo } from '../support/closeTo';
import { checkKernel, type Input, noise, referenceOf } from './checkKernel';
import { describeKernels } from './describeKernels';

const epsilon = 1e-12;

/** Rows about 3, as hidden states need not lie about 0. */
const hiddenStates = (rows: number, d: number): Input => {
  const { shape, values } = noise([rows, d], 1, 2);
  return { shape, values: Float32Array.from(values, (v) => v + 3) };
};

/** What the forward pass leaves of each row for the gradient. */
function momentsOf(x: Input): Input {
  const d = x.shape[1];
  const parameters = { gain: noise([d], 1), bias: noise([d], 1) };
  const { outputs } = referenceOf(layerNormKernel, { x, ...parameters }, { epsilon });
  return { shape: [x.shape[0], 2], values: Float32Array.from(outputs[1]) };
}

export function describeLayerNorm(backend: BackendName) {
  describeKernels(backend, 'layerNorm', () => {
    it.each([
      [1, 24],
      [7, 33],
      [33, 312],
      [128, 64],
      [300, 7],
    ])('agrees with its reference, [%i, %i]', async (rows, d) => {
      const x = hiddenStates(rows, d);
      const gain = noise([d], 2);
      await checkKernel(layerNormKernel, { x, gain, bias: noise([d], 3) }, { epsilon });
      const inputs = { dy: noise([rows, d], 4), x, gain, moments: momentsOf(x) };
      await checkKernel(layerNormGradientKernel, inputs, {});
    });

    it('keeps its digits where a row lies far from 0 or its first numbers far from the others', async () => {
      const values = Float32Array.from(noise([8, 64], 1).values, (v, i) => v + 100 + (i % 64 < 4 ? 20 : 0));
      const inputs = { x: { shape: [8, 64], values }, gain: noise([64], 2), bias: noise([64], 3) };
      await checkKernel(layerNormKernel, inputs, { epsilon });
    });

    it('gives a row of equal numbers its bias', async () => {
      const gain = tf.fill<tf.Rank.R1>([24], 2);
      const bias = noise([24], 1).values;
      const y = layerNorm(tf.fill([2, 24], 0.7), gain, tf.tensor1d(bias), 1e-5);
      closeTo(await y.data(), [...bias, ...bias]);
    });

    it('hands each input its gradient', async () => {
      const inputs = { x: hiddenStates(5, 24), gain: noise([24], 2), bias: noise([24], 3) };
      const dy = noise([5, 24], 4);
      const tensors = Object.values(inputs).map(({ values, shape }) => tf.tensor(values, [...shape]));
      const { value, grads } = tf.valueAndGrads((x, gain, bias) =>
        layerNorm(x as tf.Tensor2D, gain as tf.Tensor1D, bias as tf.Tensor1D, epsilon),
      )(tensors, tf.tensor2d(dy.values, [5, 24]));
      closeTo(await value.data(), referenceOf(layerNormKernel, inputs, { epsilon }).outputs[0]);
      const { x, gain } = inputs;
      const given = { dy, x, gain, moments: momentsOf(x) };
      const { outputs } = referenceOf(layerNormGradientKernel, given, {});
      expect(grads.map(({ shape }) => shape)).toEqual([[5, 24], [24], [24]]);
      for (const [i, grad] of grads.entries()) closeTo(await grad.data(), outputs[i]);
    });
  });
}
