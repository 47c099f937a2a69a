import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import {
  standardisedLossGradientKernel,
  standardisedLossKernel,
} from '../../src/kernels/standardisedLoss/kernel';
import { standardisedLosses } from '../../src/kernels/standardisedLoss/standardisedLoss';
import { closeTo } from '../support/closeTo';
import { checkKernel, type Input, noise, referenceOf } from './checkKernel';
import { describeKernels } from './describeKernels';
import { floats } from './inputs';

interface Case {
  R: number;
  V: number;
  T: number;
  /** Logits lie between -scale and scale, about `height`. */
  scale: number;
  height: number;
}

/** Every third weight is 0. */
export function standardisedLossInputs({ R, V, T, scale, height }: Case): Record<string, Input> {
  const logits = (seed: number, factor: number): Input => {
    const { shape, values } = noise([R, V], seed, factor * scale);
    return { shape, values: values.map((x) => x + height) };
  };
  return {
    student: logits(1, 1),
    teacher: logits(2, 3),
    temperature: floats([T]),
    weights: floats(Array.from({ length: R }, (_, r) => (r % 3 === 2 ? 0 : 0.5 + (r % 4)))),
  };
}

const cases: Case[] = [
  { R: 1, V: 11, T: 1, scale: 5, height: 0 },
  { R: 7, V: 33, T: 0.25, scale: 12, height: -4 },
  { R: 33, V: 64, T: 2, scale: 5, height: 20 },
  { R: 4, V: 3, T: 1.5, scale: 0.01, height: 0 },
  { R: 5, V: 1024, T: 16, scale: 1, height: 0 },
  { R: 2, V: 8191, T: 2, scale: 30, height: 0 },
];

export function describeStandardisedLoss(backend: BackendName) {
  describeKernels(backend, 'standardisedLoss', () => {
    it.each(cases)('agrees with its reference, %j', async (sizes) => {
      const { R } = sizes;
      const inputs = standardisedLossInputs(sizes);
      await checkKernel(standardisedLossKernel, inputs, {});
      const [, stats] = referenceOf(standardisedLossKernel, inputs, {}).outputs;
      const given = { dlosses: noise([R], 4), stats: { shape: [R, 7], values: Float32Array.from(stats) } };
      await checkKernel(standardisedLossGradientKernel, { ...inputs, ...given }, {});
    });

    it('agrees with its reference where one word is far above all others', async () => {
      const [R, V] = [3, 2000];
      const peaked = (seed: number, at: number): Input => {
        const { shape, values } = noise([R, V], seed);
        for (let r = 0; r < R; r++) values[r * V + ((at + r) % V)] = 400;
        return { shape, values };
      };
      // z is 44 there: e^(z/T) is beyond float32.
      const inputs = {
        student: peaked(1, 0),
        teacher: peaked(2, 1999),
        temperature: floats([0.25]),
        weights: floats([1, 2, 0.5]),
      };
      await checkKernel(standardisedLossKernel, inputs, {});
    });

    // As for vocabularyLoss, the WASM form is right to about 1e-7 T² here.
    if (backend !== 'wasm') {
      it('keeps the digits of a small divergence', async () => {
        const teacher = noise([1, 1000], 6, 3);
        const other = noise([1, 1000], 7, 0.1).values;
        const inputs = {
          student: { ...teacher, values: teacher.values.map((t, v) => t + other[v]) as Float32Array },
          teacher,
          temperature: floats([16]),
          weights: floats([1]),
        };
        const [losses] = referenceOf(standardisedLossKernel, inputs, {}).outputs;
        expect(losses[0] / 16 ** 2).toBeLessThan(1e-5);
        const actual = standardisedLosses(tf.tensor2d(inputs.student.values, [1, 1000]), {
          teacher: tf.tensor2d(teacher.values, [1, 1000]),
          temperature: tf.tensor1d([16]),
          weights: tf.tensor1d([1]),
        });
        // What is left is the rounding of the deviations, which moves the divergence in the first order.
        closeTo(await actual.data(), losses, 5e-3);
      });
    }

    const [R, V, T] = [3, 10, 2];
    const student = noise([R, V], 5, 3);
    const targets = () => ({
      teacher: tf.tensor2d(noise([R, V], 6, 5).values, [R, V]),
      temperature: tf.tensor1d([T]),
      weights: tf.tensor1d([1, 0.5, 2]),
    });
    const valueAndGrad = (x: tf.Tensor2D, of: Parameters<typeof standardisedLosses>[1]) =>
      tf.valueAndGrad((s) => standardisedLosses(s as tf.Tensor2D, of))(x);

    it('golden 24: the z-score is invariant to a z + b, a > 0, of student and teacher', async () => {
      const x = tf.tensor2d(student.values, [R, V]);
      const { value, grad } = valueAndGrad(x, targets());
      const losses = await value.data();
      expect(Math.min(...losses)).toBeGreaterThan(0.01);
      const teacher = targets().teacher.mul(7).sub(3) as tf.Tensor2D;
      const moved = valueAndGrad(x.mul(0.25).add(4) as tf.Tensor2D, { ...targets(), teacher });
      closeTo(await moved.value.data(), losses, 1e-5);
      // The slope along x is by as much steeper as x is less.
      closeTo(await moved.grad.mul(0.25).data(), await grad.data(), 1e-4);
      const same = standardisedLosses(x, { ...targets(), teacher: x.mul(3).add(1) as tf.Tensor2D });
      closeTo(await same.add(1).data(), [1, 1, 1], 2e-6);

      // So the gradient has no part along 1 and none along x.
      const gradient = await grad.data();
      const size = Math.max(...gradient.map(Math.abs));
      for (let r = 0; r < R; r++) {
        const row = Array.from(gradient.slice(r * V, (r + 1) * V));
        expect(Math.abs(row.reduce((sum, g) => sum + g, 0))).toBeLessThan(1e-4 * size);
        expect(Math.abs(row.reduce((sum, g, v) => sum + g * student.values[r * V + v], 0))).toBeLessThan(
          1e-4 * size,
        );
      }
    });

    it('golden 24: with two classes the z-score is always +-.7071', async () => {
      const of = {
        teacher: tf.tensor2d([0, 1, 5, -200, 3, 2], [3, 2]),
        temperature: tf.tensor1d([T]),
        weights: tf.tensor1d([1, 3, 2]),
      };
      const { value, grad } = valueAndGrad(tf.tensor2d([-9, 40, 0, 1, 8, 6], [3, 2]), of);
      // Where they disagree, the softmaxes of ±d = ±.7071/T have a divergence of 2d tanh d; else there is none.
      const d = Math.SQRT1_2 / T;
      closeTo(await value.data(), [0, 3 * T * T * 2 * d * Math.tanh(d), 0], 2e-6);
      expect(Math.max(...(await grad.abs().data()))).toBeLessThan(1e-5);
    });

    it('is finite where all logits of a row are alike', async () => {
      const flat = tf.fill([R, V], 3.7) as tf.Tensor2D;
      const alike = valueAndGrad(flat, targets());
      const flatTeacher = valueAndGrad(tf.tensor2d(student.values, [R, V]), { ...targets(), teacher: flat });
      for (const { value, grad } of [alike, flatTeacher]) {
        expect((await value.data()).every(Number.isFinite)).toBe(true);
        expect((await grad.data()).every(Number.isFinite)).toBe(true);
      }
    });

    it('gives rows that do not count a loss and a gradient of exactly 0, however large their logits', async () => {
      const of = { ...targets(), weights: tf.tensor1d([0, 1, 0]) };
      const x = tf.tensor2d(student.values, [R, V]).mul(tf.tensor2d([1e37, 1, 1e37], [R, 1])) as tf.Tensor2D;
      const { value, grad } = valueAndGrad(x, of);
      const losses = await value.data();
      expect([losses[0], losses[2]]).toEqual([0, 0]);
      const gradient = [...(await grad.data())];
      expect([...gradient.slice(0, V), ...gradient.slice(2 * V)].every((g) => g === 0)).toBe(true);
      expect(gradient.slice(V, 2 * V).some((g) => g !== 0)).toBe(true);
    });
  });
}
