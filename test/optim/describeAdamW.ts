import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { adamW, distilbertBetas, zeroMoments } from '../../src/optim/adamw';
import { clipped, globalNorm } from '../../src/optim/clip';
import golden from '../golden/adamw.json';
import { describeOn } from '../support/backends';
import { closeTo, type Golden, tensorCloseTo } from '../support/closeTo';

const named = <T>(make: (values: Golden) => T, all: Golden[]): Record<string, T> =>
  Object.fromEntries(all.map((values, i) => [`matrix${i}.weight`, make(values)]));
const tensor = ({ shape, values }: Golden) => tf.tensor(values, shape);
const variable = (values: Golden) => tf.variable(tensor(values));
const scalar = async (x: tf.Tensor) => (await x.data())[0];

export function describeAdamW(backend: BackendName) {
  describeOn(backend, 'AdamW', () => {
    it("clips and updates as PyTorch's AdamW, step by step", async () => {
      const { clipNorm, ...settings } = golden.settings;
      const parameters = named(variable, golden.initial);
      const moments = zeroMoments(parameters);
      for (const [i, step] of golden.steps.entries()) {
        const gradients = named(tensor, step.gradients);
        const norm = globalNorm(Object.values(gradients));
        closeTo(await norm.data(), [step.gradientNorm], 1e-5);
        const bounded = clipped(gradients, norm, clipNorm);
        adamW(parameters, bounded, moments, step.learningRate, i + 1, settings);
        for (const [p, expected] of step.parameters.entries()) {
          await tensorCloseTo(parameters[`matrix${p}.weight`], expected, 1e-5);
        }
      }
    });

    it('clips to the bound, and leaves smaller gradients as they are', async () => {
      const gradients = { a: tf.tensor1d([3, 0]), b: tf.tensor2d([[4]]) };
      const norm = globalNorm(Object.values(gradients));
      expect(await scalar(norm)).toBeCloseTo(5, 5);
      const bounded = clipped(gradients, norm, 0.5);
      closeTo(await bounded.a.data(), [0.3, 0], 1e-5);
      closeTo(await bounded.b.data(), [0.4], 1e-5);
      expect([...(await clipped(gradients, norm, 6).a.data())]).toEqual([3, 0]);
    });

    it('takes the norm of more gradients than a GPU program may have inputs', async () => {
      const gradients = Array.from({ length: 70 }, (_, i) => tf.tensor1d([i % 2, 2]));
      expect(await scalar(globalNorm(gradients))).toBeCloseTo(Math.sqrt(70 * 4 + 35), 4);
    });

    it('decays matrices and embeddings, not biases and LayerNorms', async () => {
      const decayed = ['bert.embeddings.word_embeddings.weight', 'x.dense.weight'];
      const kept = ['x.dense.bias', 'cls.predictions.bias', 'x.LayerNorm.weight', 'x.LayerNorm.bias'];
      const all = [...decayed, ...kept];
      const parameters = Object.fromEntries(all.map((name) => [name, tf.variable(tf.ones([2]))]));
      const still = Object.fromEntries(all.map((name) => [name, tf.zeros([2])]));
      const settings = { ...distilbertBetas, weightDecay: 0.5 };
      adamW(parameters, still, zeroMoments(parameters), 0.1, 1, settings);
      for (const name of all) {
        expect(await scalar(parameters[name])).toBeCloseTo(decayed.includes(name) ? 0.95 : 1, 6);
      }
    });

    it('leaves a parameter without gradient alone', async () => {
      const parameters = { 'a.weight': tf.variable(tf.ones([2])), 'b.weight': tf.variable(tf.ones([2])) };
      const moments = zeroMoments(parameters);
      const settings = { ...distilbertBetas, weightDecay: 0.5 };
      adamW(parameters, { 'a.weight': tf.ones([2]) }, moments, 0.1, 1, settings);
      expect(await scalar(parameters['b.weight'])).toBe(1);
      expect(await scalar(parameters['a.weight'])).toBeLessThan(1);
    });
  });
}
