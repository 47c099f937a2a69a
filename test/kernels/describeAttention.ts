import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { attentionGradientKernel, attentionKernel } from '../../src/kernels/attention/kernel';
import { type SelfAttentionWeights, selfAttention } from '../../src/kernels/attention/selfAttention';
import { dropoutFactors } from '../../src/kernels/dropout/dropout';
import { closeTo } from '../support/closeTo';
import { checkKernel, type Input, noise, referenceOf } from './checkKernel';
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

/** As dropout draws them: a fifth is 0. */
export const factorsOf = ({ B, L, heads }: AttentionCase, seed: number): Input => {
  const { shape, values } = noise([B, heads, L, L], seed);
  return { shape, values: Float32Array.from(values, (v) => (v < -0.6 ? 0 : 1.25)) };
};

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
  // More workgroups than one dimension takes, and no whole number of them in each of two.
  { B: 65537, L: 1, heads: 1, k: 4 },
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
      // Their cost is that of the longest, where they are no other than elsewhere.
      if (sizes.L > 33 || sizes.B > 3) return;
      const factors = factorsOf(sizes, 5);
      await checkKernel(attentionKernel, { ...attentionInputs(sizes), factors }, { heads, keepScores: true });
      await checkKernel(attentionGradientKernel, { ...inputs, factors }, { heads });
      await checkKernel(attentionGradientKernel, { ...inputs, dscores, factors }, { heads });
    });

    const small: AttentionCase = { B: 2, L: 5, heads: 2, k: 6 };
    const maskTensor = () => tf.tensor2d(attentionInputs(small).mask.values, [2, 5]);
    const random = (shape: number[], seed: number) => tf.tensor(noise(shape, seed).values, shape);
    const inputs = () => [
      random([10, 12], 1),
      random([36, 12], 2),
      random([36], 3),
      random([12, 12], 4),
      random([12], 5),
    ];
    const weightsOf = ([, qkvWeight, qkvBias, outputWeight, outputBias]: tf.Tensor[]) =>
      ({ qkvWeight, qkvBias, outputWeight, outputBias }) as SelfAttentionWeights;
    const fused = (all: tf.Tensor[], { keepScores = true, keepQkv = true, dropping = false } = {}) =>
      selfAttention(all[0] as tf.Tensor2D, weightsOf(all), maskTensor(), {
        heads: 2,
        keepScores,
        keepProbabilities: true,
        keepQkv,
        dropout: dropping ? dropout() : null,
      });
    const dropout = () => {
      // It outlives the pass, as the gradient needs it too.
      const seed = tf.keep(tf.tensor1d([11], 'int32'));
      return { probabilities: { rate: 0.3, seed, place: 1 }, output: { rate: 0.2, seed, place: 2 } };
    };

    /** The same by plain operations. */
    function plain([x, qkvWeight, qkvBias, outputWeight, outputBias]: tf.Tensor[], dropping = false) {
      const drop = (of: 'probabilities' | 'output', y: tf.Tensor) =>
        dropping ? y.mul(dropoutFactors(dropout()[of], y.shape)) : y;
      const qkv = tf.matMul(x, qkvWeight, false, true).add(qkvBias);
      const [q, k, v] = tf.unstack(qkv.reshape([2, 5, 3, 2, 6]).transpose([2, 0, 3, 1, 4]));
      const scores = tf.matMul(q, k, false, true).div(Math.sqrt(6));
      const probabilities = tf.softmax(scores.add(maskTensor().sub(1).mul(1e9).reshape([2, 1, 1, 5])));
      const context = tf
        .matMul(drop('probabilities', probabilities), v)
        .transpose([0, 2, 1, 3])
        .reshape([10, 12]);
      return {
        attended: drop('output', tf.matMul(context, outputWeight, false, true).add(outputBias)).add(x),
        scores,
        probabilities,
        qkv,
      };
    }

    it('is, with its projections and residual, what plain operations give', async () => {
      const of = { fused: fused(inputs()), plain: plain(inputs()) };
      for (const part of ['attended', 'scores', 'probabilities', 'qkv'] as const) {
        closeTo(await of.fused[part]!.data(), await of.plain[part].data(), 1e-4, part);
      }
      const dropping = { fused: fused(inputs(), { dropping: true }), plain: plain(inputs(), true) };
      for (const part of ['attended', 'scores', 'probabilities', 'qkv'] as const) {
        closeTo(await dropping.fused[part]!.data(), await dropping.plain[part].data(), 1e-4, part);
      }
      expect(fused(inputs(), { keepScores: false }).scores).toBeNull();
      expect(fused(inputs(), { keepQkv: false }).qkv).toBeNull();
    });

    it('has the gradients of plain operations, of what is used: result, scores, qkv or several', async () => {
      const [dattended, dscores] = [random([10, 12], 6), random([2, 2, 5, 5], 7)];
      const dqkv = random([10, 36], 8);
      type Output = { attended: tf.Tensor; scores: tf.Tensor | null; qkv: tf.Tensor | null };
      const objectives = [
        ({ attended }: Output) => attended.mul(dattended).sum(),
        // Plain operations give no gradient at all to what the scores don't depend on.
        ({ attended, scores }: Output) => scores!.mul(dscores).sum().add(attended.mul(0).sum()),
        ({ attended, scores }: Output) => attended.mul(dattended).sum().add(scores!.mul(dscores).sum()),
        ({ attended, qkv }: Output) => qkv!.mul(dqkv).sum().add(attended.mul(0).sum()),
        ({ attended, scores, qkv }: Output) =>
          attended.mul(dattended).sum().add(scores!.mul(dscores).sum()).add(qkv!.mul(dqkv).sum()),
      ];
      for (const objective of objectives) {
        const gradients = (of: (all: tf.Tensor[]) => Output) =>
          tf.grads((...all) => objective(of(all)))(inputs());
        for (const dropping of [false, true]) {
          const ours = gradients((all) => fused(all, { dropping }));
          const expected = gradients((all) => plain(all, dropping));
          for (const [i, gradient] of ours.entries()) {
            expect(gradient.shape).toEqual(expected[i].shape);
            closeTo(await gradient.data(), await expected[i].data(), 1e-4, `input ${i}`);
          }
        }
      }
    });

    it('gives the same bits with qkv kept and without, where nothing is made of it', async () => {
      const results = (keepQkv: boolean) => {
        const objective = (...all: tf.Tensor[]) =>
          fused(all, { keepQkv }).attended.square().sum() as tf.Scalar;
        const { value, grads } = tf.valueAndGrads(objective)(inputs());
        return Promise.all([value, ...grads].map((tensor) => tensor.data()));
      };
      expect(await results(true)).toEqual(await results(false));
    });

    it('gives padding no weight at all', async () => {
      const weights = (await fused(inputs()).probabilities!.array()).flat(2);
      const isToken = (await maskTensor().array()).map((row) => row.map((m) => m === 1));
      weights.forEach((row, i) => {
        expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
        expect(row.map((p) => p > 0)).toEqual(isToken[i < 10 ? 0 : 1]);
      });
    });

    it('lets no gradient through the probabilities', async () => {
      const [x, ...others] = inputs();
      const gradient = tf.grad((y) =>
        fused([y, ...others])
          .probabilities!.square()
          .sum(),
      )(x);
      expect([...(await gradient.data())].every((value) => value === 0)).toBe(true);
    });

    it('gives the same bits every time', async () => {
      const [x, ...others] = inputs();
      const run = () =>
        tf
          .grad((y) => fused([y, ...others]).attended.square())(x)
          .data();
      expect(await run()).toEqual(await run());
    });
  });
}
