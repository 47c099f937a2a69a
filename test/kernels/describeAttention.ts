import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { attention } from '../../src/kernels/attention/attention';
import { attentionGradientKernel, attentionKernel } from '../../src/kernels/attention/kernel';
import { checkKernel, expectClose, type Input, noise, referenceOf } from './checkKernel';
import { describeKernels } from './describeKernels';

export interface AttentionCase {
  B: number;
  L: number;
  heads: number;
  k: number;
}

/** Inputs of attention; every sequence but the first ends in padding, and has some between its tokens. */
export function attentionInputs({ B, L, heads, k }: AttentionCase) {
  const isToken = (i: number) => i < L || i % L === 0 || (i % L < L - 2 && i % 5 !== 3);
  const mask: Input = {
    shape: [B, L],
    values: Float32Array.from({ length: B * L }, (_, i) => (isToken(i) ? 1 : 0)),
  };
  return { qkv: noise([B * L, 3 * heads * k], 1, 2), mask };
}

/** Inputs of the gradient, with the probabilities that belong to them. */
export function attentionGradientInputs(sizes: AttentionCase) {
  const { B, L, heads, k } = sizes;
  const { qkv, mask } = attentionInputs(sizes);
  const { outputs } = referenceOf(attentionKernel, { qkv, mask }, { heads, keepScores: false });
  const shape = [B, heads, L, L];
  return {
    inputs: {
      dcontext: noise([B * L, heads * k], 2),
      qkv,
      probabilities: { shape, values: Float32Array.from(outputs[1]) },
    },
    dscores: noise(shape, 3),
  };
}

const cases: AttentionCase[] = [
  { B: 1, L: 1, heads: 1, k: 24 },
  { B: 3, L: 1, heads: 4, k: 13 },
  { B: 2, L: 7, heads: 3, k: 12 },
  { B: 1, L: 7, heads: 2, k: 64 },
  { B: 2, L: 33, heads: 12, k: 26 },
  { B: 1, L: 33, heads: 6, k: 4 },
  { B: 3, L: 33, heads: 1, k: 27 },
  { B: 1, L: 128, heads: 2, k: 32 },
  { B: 2, L: 128, heads: 5, k: 5 },
  { B: 1, L: 512, heads: 1, k: 6 },
];

export function describeAttention(backend: BackendName) {
  describeKernels(backend, 'attention', () => {
    it.each(cases)('agrees with its reference, %j', async (sizes) => {
      const { heads } = sizes;
      for (const keepScores of [true, false]) {
        await checkKernel(attentionKernel, attentionInputs(sizes), { heads, keepScores });
      }
      const { inputs, dscores } = attentionGradientInputs(sizes);
      await checkKernel(attentionGradientKernel, inputs, { heads });
      await checkKernel(attentionGradientKernel, { ...inputs, dscores }, { heads });
    });

    const small: AttentionCase = { B: 2, L: 5, heads: 2, k: 6 };
    const { qkv, mask } = attentionInputs(small);
    const tensors = () => ({
      qkv: tf.tensor2d(qkv.values, [10, 36]),
      mask: tf.tensor2d(mask.values, [2, 5]),
    });

    it('gives padding no weight at all', async () => {
      const { qkv, mask } = tensors();
      const { probabilities, scores } = attention(qkv, mask, { heads: 2, keepScores: false });
      expect(scores).toBeNull();
      const weights = (await probabilities.array()).flat(2);
      const isToken = (await mask.array()).map((row) => row.map((m) => m === 1));
      weights.forEach((row, i) => {
        expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
        expect(row.map((p) => p > 0)).toEqual(isToken[i < 10 ? 0 : 1]);
      });
    });

    it('has the gradient of what is used: context, scores or both, and none through the probabilities', async () => {
      const { qkv, mask } = tensors();
      const { inputs, dscores } = attentionGradientInputs(small);
      const dcontext = tf.tensor2d(inputs.dcontext.values, [10, 12]);
      const dscoresTensor = tf.tensor4d(dscores.values, [2, 2, 5, 5]);
      const gradient = (objective: (of: ReturnType<typeof attention>) => tf.Tensor) =>
        tf.grad((x) => objective(attention(x as tf.Tensor2D, mask, { heads: 2, keepScores: true })))(qkv);
      const reference = (given: Record<string, Input>) =>
        referenceOf(attentionGradientKernel, { ...inputs, ...given }, { heads: 2 }).outputs[0];
      const nothing = { shape: inputs.dcontext.shape, values: new Float32Array(120) };

      const fromContext = gradient(({ context }) => context.mul(dcontext).sum());
      expect(fromContext.shape).toEqual([10, 36]);
      expectClose(await fromContext.data(), reference({}));
      const fromScores = gradient(({ scores }) => scores!.mul(dscoresTensor).sum());
      expectClose(await fromScores.data(), reference({ dcontext: nothing, dscores }));
      const fromBoth = gradient(({ context, scores }) =>
        tf.add(context.mul(dcontext).sum(), scores!.mul(dscoresTensor).sum()),
      );
      expectClose(await fromBoth.data(), reference({ dscores }));
      const fromProbabilities = gradient(({ probabilities }) => probabilities.square().sum());
      expect([...(await fromProbabilities.data())].every((x) => x === 0)).toBe(true);
    });

    it('gives the same bits every time', async () => {
      const { qkv, mask } = tensors();
      const run = () =>
        tf
          .grad((x) => attention(x as tf.Tensor2D, mask, { heads: 2, keepScores: false }).context.square())(
            qkv,
          )
          .data();
      expect(await run()).toEqual(await run());
    });
  });
}
