import * as tf from '@tensorflow/tfjs';
import { it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { relationsGradientKernel, relationsKernel } from '../../src/kernels/relations/kernel';
import { relations } from '../../src/kernels/relations/relations';
import { closeTo } from '../support/closeTo';
import { checkKernel, noise } from './checkKernel';
import { describeKernels } from './describeKernels';

const cases = [
  { B: 1, L: 1, heads: 1, k: 5 },
  { B: 3, L: 1, heads: 6, k: 4 },
  { B: 2, L: 7, heads: 3, k: 13 },
  { B: 2, L: 8, heads: 2, k: 6 },
  { B: 3, L: 33, heads: 5, k: 12 },
  { B: 1, L: 128, heads: 2, k: 32 },
];

export function describeRelations(backend: BackendName) {
  describeKernels(backend, 'relations', () => {
    it.each(cases)('agree with their reference, %j', async ({ B, L, heads, k }) => {
      const attributes = { heads, length: L };
      const x = noise([B * L, heads * k], 1, 2);
      await checkKernel(relationsKernel, { x }, attributes);
      const dscores = noise([heads, B, L, L], 2);
      await checkKernel(relationsGradientKernel, { dscores, x }, attributes);
    });

    it('are, with their gradient, what plain operations give', async () => {
      const [B, L, heads, k] = [2, 5, 3, 4];
      const x = tf.tensor2d(noise([B * L, heads * k], 1).values, [B * L, heads * k]);
      const dscores = tf.tensor(noise([heads, B, L, L], 2).values, [heads, B, L, L]);
      const ours = (x: tf.Tensor) => relations(x as tf.Tensor2D, { heads, length: L });
      const plain = (x: tf.Tensor) => {
        const ofHeads = x.reshape([B, L, heads, k]).transpose([2, 0, 1, 3]);
        return tf.matMul(ofHeads, ofHeads, false, true).div(Math.sqrt(k));
      };
      closeTo(await ours(x).data(), await plain(x).data(), 1e-5);
      const [gradient, expected] = [ours, plain].map((of) => tf.grad(of)(x, dscores));
      closeTo(await gradient.data(), await expected.data(), 1e-5);
    });
  });
}
