import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { vocabularyLossGradientKernel, vocabularyLossKernel } from '../../src/kernels/vocabularyLoss/kernel';
import { vocabularyLosses } from '../../src/kernels/vocabularyLoss/vocabularyLoss';
import { closeTo } from '../support/closeTo';
import { checkKernel, type Input, noise, referenceOf } from './checkKernel';
import { describeKernels } from './describeKernels';
import { differentiate } from './differentiate';
import { floats, whole } from './inputs';

export interface VocabularyLossCase {
  R: number;
  V: number;
  T: number;
  soft: boolean;
  hard: boolean;
  /** Logits lie between -scale and scale. */
  scale: number;
  crossEntropy?: boolean;
  temperatureGradient?: boolean;
}

export const attributesOf = ({
  soft,
  hard,
  crossEntropy = false,
  temperatureGradient = false,
}: Pick<VocabularyLossCase, 'soft' | 'hard' | 'crossEntropy' | 'temperatureGradient'>) => ({
  soft,
  hard,
  crossEntropy,
  temperatureGradient,
});

/** Every fifth row has no label, every third weight is 0: the fifth row (if there is one) counts in neither term. */
export function vocabularyLossInputs({ R, V, T, soft, hard, scale }: VocabularyLossCase) {
  const labels = Array.from({ length: R }, (_, r) => (r % 5 === 4 ? -1 : (r * 7 + V - 1) % V));
  const inputs: Record<string, Input> = {
    student: noise([R, V], 1, scale),
    ...(soft ? { teacher: noise([R, V], 2, scale) } : {}),
    temperature: floats([T]),
    ...(hard ? { labels: whole(labels) } : {}),
    weights: {
      shape: [2, R],
      values: Float32Array.from({ length: 2 * R }, (_, i) =>
        (i % R) % 5 === 4 || (i + 1) % 3 === 0 ? 0 : 0.5 + (i % 4),
      ),
    },
  };
  return inputs;
}

const cases: VocabularyLossCase[] = [
  { R: 1, V: 11, T: 1, soft: true, hard: true, scale: 5 },
  { R: 7, V: 33, T: 0.25, soft: true, hard: true, scale: 12 },
  { R: 33, V: 64, T: 2, soft: true, hard: false, scale: 5 },
  { R: 9, V: 1023, T: 4, soft: false, hard: true, scale: 12 },
  { R: 5, V: 1024, T: 16, soft: true, hard: true, scale: 1 },
  { R: 6, V: 8192, T: 1.7, soft: true, hard: true, scale: 90 },
  { R: 3, V: 30522, T: 4, soft: true, hard: true, scale: 12 },
  { R: 7, V: 33, T: 0.25, soft: true, hard: true, scale: 12, crossEntropy: true },
  { R: 5, V: 1024, T: 4, soft: true, hard: false, scale: 5, crossEntropy: true, temperatureGradient: true },
  { R: 7, V: 33, T: 0.25, soft: true, hard: true, scale: 12, temperatureGradient: true },
  { R: 5, V: 1024, T: 16, soft: true, hard: false, scale: 1, temperatureGradient: true },
  { R: 6, V: 8192, T: 1.7, soft: true, hard: true, scale: 90, temperatureGradient: true },
  { R: 3, V: 30522, T: 4, soft: true, hard: true, scale: 12, temperatureGradient: true },
];

export function describeVocabularyLoss(backend: BackendName) {
  describeKernels(backend, 'vocabularyLoss', () => {
    it.each(cases)('agrees with its reference, %j', async (sizes) => {
      const { R } = sizes;
      const inputs = vocabularyLossInputs(sizes);
      const attributes = attributesOf(sizes);
      await checkKernel(vocabularyLossKernel, inputs, attributes);
      const [, stats] = referenceOf(vocabularyLossKernel, inputs, attributes).outputs;
      const given = { dlosses: noise([2, R], 4), stats: { shape: [R, 4], values: Float32Array.from(stats) } };
      await checkKernel(vocabularyLossGradientKernel, { ...inputs, ...given }, attributes);
    });

    const R = 3;
    const V = 6;
    const student = () => tf.tensor2d(noise([R, V], 5, 3).values, [R, V]);
    const weights = () => tf.tensor2d([1, 1, 1, 0, 2, 0], [2, R]);

    it('is 0 where student and teacher agree, and log V where the student knows nothing', async () => {
      const [logits, temperature, labels] = [student(), tf.tensor1d([3]), tf.tensor1d([0, 5, 2], 'int32')];
      const same = vocabularyLosses(logits, { teacher: logits, temperature, weights: weights() });
      expect(Math.max(...(await same.abs().data()))).toBeLessThan(1e-6);
      const guessed = vocabularyLosses(tf.ones([R, V]), { labels, weights: weights() });
      closeTo(await guessed.data(), [0, 0, 0, 0, 2 * Math.log(V), 0]);
    });

    // The WASM form sums p_t log(p_t/p_s) as it stands, and is right to about 1e-7 T² here.
    if (backend !== 'wasm') {
      it('keeps the digits of a small divergence', async () => {
        const teacher = noise([1, 1000], 6, 3).values;
        const other = noise([1, 1000], 7, 0.1).values;
        const inputs = {
          student: { shape: [1, 1000], values: teacher.map((t, v) => t + other[v]) as Float32Array },
          teacher: { shape: [1, 1000], values: teacher },
          temperature: floats([16]),
          weights: { shape: [2, 1], values: Float32Array.of(1, 0) },
        };
        const terms = attributesOf({ soft: true, hard: false });
        const [losses] = referenceOf(vocabularyLossKernel, inputs, terms).outputs;
        expect(losses[0] / 16 ** 2).toBeLessThan(1e-5);
        await checkKernel(vocabularyLossKernel, inputs, terms, { tolerance: 5e-4 });
      });
    }

    it('has the gradient T (softmax(s/T) - softmax(t/T)) and softmax(s) - onehot, times weight and dlosses', async () => {
      const teacher = tf.tensor2d(noise([R, V], 8, 3).values, [R, V]);
      const labels = tf.tensor1d([4, 1, -1], 'int32');
      const dlosses = tf.tensor2d([0.5, 2, 0, 1, 3, 1], [2, R]);
      for (const T of [1, 2.5]) {
        const targets = { teacher, temperature: tf.tensor1d([T]), labels, weights: weights() };
        const gradient = tf.grad((s) => vocabularyLosses(s as tf.Tensor2D, targets))(student(), dlosses);
        const soft = tf
          .softmax(student().div(T))
          .sub(tf.softmax(teacher.div(T)))
          .mul(tf.tensor2d([0.5 * T, 2 * T, 0], [R, 1]));
        const onehot = tf.tensor2d([0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [R, V]);
        const hard = tf
          .softmax(student())
          .sub(onehot)
          .mul(tf.tensor2d([0, 6, 0], [R, 1]));
        closeTo(await gradient.data(), await soft.add(hard).data(), 1e-5);
      }
    });

    it('golden 3: cross-entropy less divergence is the entropy of the teacher, with one gradient', async () => {
      const teacher = tf.tensor2d(noise([R, V], 8, 3).values, [R, V]);
      const T = 2.5;
      const targets = { teacher, temperature: tf.tensor1d([T]), weights: weights() };
      const of = (crossEntropy: boolean) =>
        tf.valueAndGrad((s) => vocabularyLosses(s as tf.Tensor2D, targets, { crossEntropy }))(
          student(),
          tf.ones([2, R]),
        );
      const [divergence, crossEntropy] = [of(false), of(true)];
      const p = tf.softmax(teacher.div(T));
      const entropy = p
        .mul(p.log())
        .sum(-1)
        .mul(-T * T);
      const difference = crossEntropy.value.sub(divergence.value).slice([0, 0], [1, R]).flatten();
      closeTo(await difference.data(), await entropy.data(), 1e-5);
      expect(await crossEntropy.grad.data()).toEqual(await divergence.grad.data());
    });

    it.each([false, true])(
      'gives a learned temperature its gradient, T² included; cross-entropy: %j',
      async (crossEntropy) => {
        const teacher = tf.tensor2d(noise([R, V], 8, 3).values, [R, V]);
        const shares = tf.tensor2d([1, 0.5, 0, 0, 0, 0], [2, R]);
        const factor = tf.tensor2d([2, -1, 5, 1, 1, 1], [2, R]);
        const theta = tf.variable(tf.tensor1d([0.3]));
        const logits = tf.variable(student());
        // As CTKD has it: T = 1 + 20 sigmoid(theta).
        const warmth = () => theta.sigmoid().mul(20).add(1) as tf.Tensor1D;
        const ours = tf.variableGrads(
          () =>
            vocabularyLosses(
              logits as tf.Tensor2D,
              { teacher, temperature: warmth(), weights: shares },
              { crossEntropy, temperatureGradient: true },
            )
              .mul(factor)
              .sum() as tf.Scalar,
          [theta, logits],
        );
        // In float64 by differences, since T² KL hardly changes where T is high.
        const T = 1 + 20 / (1 + Math.exp(-0.3));
        const inputs = {
          student: { shape: [R, V], values: noise([R, V], 5, 3).values },
          teacher: { shape: [R, V], values: noise([R, V], 8, 3).values },
          temperature: { shape: [1], values: Float64Array.of(T) } as unknown as Input,
          weights: { shape: [2, R], values: Float32Array.of(1, 0.5, 0, 0, 0, 0) },
        };
        const terms = attributesOf({ soft: true, hard: false, crossEntropy });
        const byT = differentiate(
          vocabularyLossKernel,
          inputs,
          terms,
          [[2, -1, 5, 1, 1, 1], null],
          'temperature',
        );
        expect(ours.grads[theta.name].shape).toEqual([1]);
        closeTo(await ours.grads[theta.name].data(), [(byT[0] * (T - 1) * (21 - T)) / 20], 1e-4);
        const byStudent = differentiate(
          vocabularyLossKernel,
          inputs,
          terms,
          [[2, -1, 5, 1, 1, 1], null],
          'student',
        );
        closeTo(await ours.grads[logits.name].data(), byStudent, 1e-4);
        tf.dispose([theta, logits]);
      },
    );

    it('gives rows that do not count a gradient of exactly 0, however large their logits', async () => {
      const large = student().mul(1e4) as tf.Tensor2D;
      const targets = { labels: tf.tensor1d([0, -1, 3], 'int32'), weights: weights() };
      const gradient = tf.grad((s) => vocabularyLosses(s as tf.Tensor2D, targets))(large, tf.ones([2, R]));
      expect([...(await gradient.data())].every((x) => x === 0)).toBe(true);
    });
  });
}
