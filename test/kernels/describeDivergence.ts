import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { divergences } from '../../src/kernels/divergence/divergence';
import { divergenceGradientKernel, divergenceKernel } from '../../src/kernels/divergence/kernel';
import { closeTo } from '../support/closeTo';
import { checkKernel, type Input, noise, referenceOf } from './checkKernel';
import { describeKernels } from './describeKernels';
import { floats } from './inputs';

export interface DivergenceCase {
  R: number;
  V: number;
  T: number;
  beta: number;
  /** Logits lie between -scale and scale. */
  scale: number;
  /** How far the student's lie from the teacher's; without it they have nothing in common. */
  apart?: number;
}

/** Every third row has weight 0. */
export function divergenceInputs({ R, V, T, beta, scale, apart }: DivergenceCase): Record<string, Input> {
  const teacher = noise([R, V], 2, scale);
  const other = noise([R, V], 1, apart ?? scale).values;
  const alike = () => Float32Array.from(teacher.values, (t, i) => t + other[i]);
  return {
    student: { shape: [R, V], values: apart === undefined ? Float32Array.from(other) : alike() },
    teacher,
    temperature: floats([T]),
    beta: floats([beta]),
    weights: floats(Array.from({ length: R }, (_, r) => (r % 3 === 2 ? 0 : 0.5 + (r % 4)))),
  };
}

const betas = [0, 1e-6, 0.01, 0.1, 0.5, 0.9, 0.99, 1];

const sizes: Omit<DivergenceCase, 'beta'>[] = [
  { R: 1, V: 2, T: 1, scale: 5 },
  { R: 7, V: 33, T: 0.25, scale: 12 },
  { R: 5, V: 1023, T: 4, scale: 12 },
  { R: 4, V: 1024, T: 16, scale: 1 },
  { R: 4, V: 4096, T: 1.7, scale: 90 },
  { R: 4, V: 1000, T: 2, scale: 3, apart: 0.3 },
  { R: 4, V: 1000, T: 1, scale: 8, apart: 1e-3 },
];

const tensorsOf = ({ student, teacher, temperature, beta, weights }: Record<string, Input>) => ({
  student: tf.tensor2d(student.values, student.shape as [number, number]),
  targets: {
    teacher: tf.tensor2d(teacher.values, teacher.shape as [number, number]),
    temperature: tf.tensor1d(temperature.values),
    beta: tf.tensor1d(beta.values),
    weights: tf.tensor1d(weights.values),
  },
});

const valuesOf = async (inputs: Record<string, Input>, even: boolean) => {
  const { student, targets } = tensorsOf(inputs);
  return [...(await divergences(student, targets, { even }).data())];
};

export function describeDivergence(backend: BackendName) {
  describeKernels(backend, 'divergence', () => {
    it.each(sizes)('agrees with its reference in every row, whatever beta, %j', async (each) => {
      for (const beta of betas) {
        const inputs = divergenceInputs({ ...each, beta });
        for (const even of [false, true]) {
          const [losses, stats] = referenceOf(divergenceKernel, inputs, { even }).outputs;
          const values = await valuesOf(inputs, even);
          values.forEach((value, row) => {
            expect(value, `beta ${beta}, row ${row}`).toBeGreaterThanOrEqual(0);
            // In float64 the definition loses its own digits at the ends of beta, where both agree.
            const lost = 1e-13 / (even && beta > 0 && beta < 1 ? beta * (1 - beta) : 1);
            const error = Math.abs(value - losses[row]);
            expect(
              error,
              `beta ${beta}, even ${even}, row ${row}: ${value}, ${losses[row]}`,
            ).toBeLessThanOrEqual(1e-4 * losses[row] + lost);
          });
          const given = {
            dlosses: noise([each.R], 4),
            stats: { shape: [each.R, 4], values: Float32Array.from(stats) },
          };
          if (beta !== 1e-6) await checkKernel(divergenceKernel, inputs, { even });
          await checkKernel(divergenceGradientKernel, { ...inputs, ...given }, { even });
        }
      }
    });

    it('golden 23: symmetric and at most ln 2 at beta 1/2; D_beta / beta goes to KL(T || S) as beta goes to 0', async () => {
      const inputs = divergenceInputs({ R: 8, V: 50, T: 1, beta: 0.5, scale: 9 });
      const ones = floats(Array.from({ length: 8 }, () => 1));
      const { student, teacher } = inputs;
      const at = (beta: number, even = false, s = student, t = teacher) =>
        valuesOf({ ...inputs, student: s, teacher: t, weights: ones, beta: floats([beta]) }, even);
      const half = await at(0.5);
      closeTo(await at(0.5, false, teacher, student), half, 1e-6);
      expect(Math.max(...half)).toBeLessThanOrEqual(Math.LN2);
      expect(Math.min(...half)).toBeGreaterThan(0.1);
      // Where they have no word in common it is ln 2.
      const word = (v: number): Input => ({
        shape: [1, 4],
        values: Float32Array.from({ length: 4 }, (_, i) => (i === v ? 300 : 0)),
      });
      const disjoint = { ...inputs, student: word(0), teacher: word(1), weights: floats([1]) };
      closeTo(await valuesOf(disjoint, false), [Math.LN2], 1e-5);

      // The limit: where no word is e^5 times as probable for one as for the other, 2^-18 is small.
      const near = divergenceInputs({ R: 8, V: 50, T: 1, beta: 0.5, scale: 1.5 });
      const nearAt = (beta: number, even: boolean) =>
        valuesOf({ ...near, weights: ones, beta: floats([beta]) }, even);
      const small = 2 ** -18;
      for (const [end, close] of [
        [0, small],
        [1, 1 - small],
      ]) {
        const divergence = await nearAt(end, false);
        const [each, even] = [await nearAt(close, false), await nearAt(close, true)];
        closeTo(
          each.map((x) => x / small),
          divergence,
          5e-4,
        );
        // `even` runs into it.
        closeTo(even, divergence, 5e-4);
        closeTo(await nearAt(end, true), divergence, 1e-6);
      }
      // Each end is the other's mirror.
      const reverse = await at(1);
      closeTo(await at(0, false, teacher, student), reverse, 1e-5);
      closeTo(await at(0.1, false, teacher, student), await at(0.9), 1e-4);
    });

    it('is 0 where both agree, with a gradient of 0', async () => {
      const { student, targets } = tensorsOf(divergenceInputs({ R: 4, V: 37, T: 2, beta: 0, scale: 9 }));
      for (const beta of betas) {
        const same = { ...targets, teacher: student, beta: tf.tensor1d([beta]) };
        const { value, grad } = tf.valueAndGrad((s) => divergences(s as tf.Tensor2D, same, { even: true }))(
          student,
          tf.ones([4]),
        );
        // The definition in float64 leaves its rounding, over beta(1 - beta).
        expect(Math.max(...(await value.data()))).toBeLessThanOrEqual(backend === 'cpu' ? 1e-9 : 0);
        expect(Math.max(...(await grad.abs().data()))).toBeLessThan(1e-6);
      }
    });

    it('has the gradient of its halves at beta 1/2, times weight and dlosses, and none for rows that do not count', async () => {
      const inputs = divergenceInputs({ R: 6, V: 11, T: 1.5, beta: 0.5, scale: 3 });
      const { student, targets } = tensorsOf({ ...inputs, beta: floats([0.5]) });
      const dlosses = tf.tensor1d([1, -2, 3, 0, 5, 6]);
      const gradient = tf.grad((s) => divergences(s as tf.Tensor2D, targets, { even: false }))(
        student,
        dlosses,
      );
      const plain = tf.grad((s) => {
        const [a, b] = [tf.logSoftmax(s.div(1.5)), tf.logSoftmax(targets.teacher.div(1.5))];
        const mixture = tf.log(a.exp().add(b.exp()).div(2));
        const ofBoth = a
          .exp()
          .mul(a.sub(mixture))
          .add(b.exp().mul(b.sub(mixture)));
        return ofBoth.sum(-1).div(2).mul(targets.weights);
      })(student, dlosses);
      closeTo(await gradient.data(), await plain.data(), 1e-5);
      const rows = (await gradient.array()) as number[][];
      for (const row of [2, 3, 5]) expect(rows[row].every((x) => x === 0)).toBe(true);
    });

    it('gives rows that do not count exactly 0, however large their logits', async () => {
      const inputs = divergenceInputs({ R: 3, V: 6, T: 1, beta: 0.5, scale: 1e30 });
      const { student, targets } = tensorsOf({ ...inputs, weights: floats([0, 0, 0]) });
      const { value, grad } = tf.valueAndGrad((s) => divergences(s as tf.Tensor2D, targets, { even: false }))(
        student,
        tf.ones([3]),
      );
      expect([...(await value.data()), ...(await grad.data())].every((x) => x === 0)).toBe(true);
    });
  });
}
