import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { decoupledLosses } from '../../src/kernels/decoupledLoss/decoupledLoss';
import { decoupledLossGradientKernel, decoupledLossKernel } from '../../src/kernels/decoupledLoss/kernel';
import { closeTo } from '../support/closeTo';
import { checkKernel, type Input, noise, referenceOf } from './checkKernel';
import { describeKernels } from './describeKernels';
import { floats, whole } from './inputs';

interface Case {
  R: number;
  V: number;
  T: number;
  /** Logits lie between -scale and scale. */
  scale: number;
}

/** Gold words first, last and between; every fifth row has none, every third weight is 0. */
export function decoupledLossInputs({ R, V, T, scale }: Case): Record<string, Input> {
  const gold = Array.from({ length: R }, (_, r) => (r % 5 === 4 ? -1 : (r * (V - 1)) % V));
  return {
    student: noise([R, V], 1, scale),
    teacher: noise([R, V], 2, scale),
    temperature: floats([T]),
    gold: whole(gold),
    weights: floats(Array.from({ length: R }, (_, r) => (r % 3 === 2 ? 0 : 0.5 + (r % 4)))),
  };
}

const cases: Case[] = [
  { R: 1, V: 11, T: 1, scale: 5 },
  { R: 7, V: 33, T: 0.25, scale: 12 },
  { R: 33, V: 64, T: 2, scale: 5 },
  { R: 4, V: 3, T: 1.5, scale: 4 },
  { R: 5, V: 1024, T: 16, scale: 1 },
  { R: 2, V: 8192, T: 1.7, scale: 90 },
];

/** log Σ exp of some numbers. */
const logSumExp = (values: number[]) => Math.log(values.reduce((sum, x) => sum + Math.exp(x), 0));
const softmax = (values: number[]) => values.map((x) => Math.exp(x - logSumExp(values)));
const rowsOf = (values: ArrayLike<number>, R: number, T: number) =>
  Array.from({ length: R }, (_, r) =>
    Array.from({ length: values.length / R }, (_, v) => values[(r * values.length) / R + v] / T),
  );

export function describeDecoupledLoss(backend: BackendName) {
  describeKernels(backend, 'decoupledLoss', () => {
    it.each(cases)('agrees with its reference, %j', async (sizes) => {
      const { R } = sizes;
      const inputs = decoupledLossInputs(sizes);
      await checkKernel(decoupledLossKernel, inputs, {});
      const [, stats] = referenceOf(decoupledLossKernel, inputs, {}).outputs;
      const given = { dlosses: noise([2, R], 4), stats: { shape: [R, 3], values: Float32Array.from(stats) } };
      await checkKernel(decoupledLossGradientKernel, { ...inputs, ...given }, {});
    });

    it('is what one works out by hand', async () => {
      // Teacher (1/2, 1/4, 1/4), student (1/4, 1/4, 1/2), gold the first: bins (1/2, 1/2) and (1/4, 3/4), others
      // (1/2, 1/2) and (1/3, 2/3). Weight 3.
      const losses = decoupledLosses(tf.tensor2d([[1, 1, 2]]).log(), {
        teacher: tf.tensor2d([[2, 1, 1]]).log(),
        temperature: tf.tensor1d([1]),
        gold: tf.tensor1d([0], 'int32'),
        weights: tf.tensor1d([3]),
      });
      closeTo(await losses.data(), [1.5 * Math.log(4 / 3), 1.5 * Math.log(9 / 8)], 1e-6);
    });

    it('golden 22: KL = TCKD + (1 - p_t) NCKD, and NCKD = 0 for two classes', async () => {
      const [R, V, T] = [4, 9, 2.5];
      const [student, teacher] = [noise([R, V], 5, 6), noise([R, V], 6, 6)];
      const gold = [0, 8, 3, 6];
      const s = rowsOf(student.values, R, T).map(softmax);
      const t = rowsOf(teacher.values, R, T).map(softmax);
      const targets = {
        teacher: tf.tensor2d(teacher.values, [R, V]),
        temperature: tf.tensor1d([T]),
        gold: tf.tensor1d(gold, 'int32'),
        weights: tf.ones([R]) as tf.Tensor1D,
      };
      const logits = tf.tensor2d(student.values, [R, V]);
      const shares = gold.map((g, r) => 1 - t[r][g]);
      const { value, grad } = tf.valueAndGrad((x) => decoupledLosses(x as tf.Tensor2D, targets))(
        logits,
        tf.tensor2d([...gold.map(() => 1), ...shares], [2, R]),
      );
      const losses = await value.data();
      const divergences = t.map((row, r) =>
        row.reduce((sum, p, v) => sum + T * T * p * Math.log(p / s[r][v]), 0),
      );
      closeTo(
        shares.map((share, r) => losses[r] + share * losses[R + r]),
        divergences,
        1e-5,
      );
      const expected = s.flatMap((row, r) => row.map((p, v) => T * (p - t[r][v])));
      closeTo(await grad.data(), expected, 1e-5);

      const two = decoupledLosses(tf.tensor2d(noise([R, 2], 7, 9).values, [R, 2]), {
        ...targets,
        teacher: tf.tensor2d(noise([R, 2], 8, 9).values, [R, 2]),
        gold: tf.tensor1d([0, 1, 1, 0], 'int32'),
      });
      const [tckd, nckd] = (await two.array()) as number[][];
      expect(nckd).toEqual([0, 0, 0, 0]);
      expect(Math.min(...tckd)).toBeGreaterThan(0);
    });

    it.each([
      [1e-9, 1e-9 / 3],
      [1e-9, 1e-12],
      [1e-12, 1e-9],
      [1e-12, 2e-12],
      [0.3, 1e-12],
      [1e-12, 0.3],
    ])(
      'keeps its digits where the gold word has 1 - %d of the teacher and 1 - %d of the student',
      async (t, s) => {
        const V = 21;
        const gold = 13;
        /** Logits in which all other words together have so much. */
        const sure = (others: number, seed: number) => {
          const values = Array.from(noise([V], seed, 2).values);
          const rest = logSumExp(values.filter((_, v) => v !== gold));
          values[gold] = rest + Math.log((1 - others) / others);
          return values;
        };
        const [student, teacher] = [sure(s, 1), sure(t, 2)];
        const { value, grad } = tf.valueAndGrad((x) =>
          decoupledLosses(x as tf.Tensor2D, {
            teacher: tf.tensor2d([teacher]),
            temperature: tf.tensor1d([1]),
            gold: tf.tensor1d([gold], 'int32'),
            weights: tf.tensor1d([1]),
          }),
        )(tf.tensor2d([student]), tf.tensor2d([1, 0], [2, 1]));
        const [tckd, nckd] = await value.data();
        // log((1 - t)/(1 - s)) in one, or the difference of two numbers next to 0 would be all that is left.
        const exact = (1 - t) * Math.log1p((s - t) / (1 - s)) + t * Math.log(t / s);
        expect(tckd / exact).toBeCloseTo(1, 4);
        const others = (values: number[]) => softmax(values.filter((_, v) => v !== gold));
        const [p, q] = [others(teacher), others(student)];
        expect(nckd).toBeCloseTo(
          p.reduce((sum, x, v) => sum + x * Math.log(x / q[v]), 0),
          5,
        );
        // p_s - p_t for the gold word, and its negative shared out among the others.
        q.splice(gold, 0, -1);
        closeTo(
          await grad.data(),
          q.map((share) => (s - t) * share),
          1e-4,
        );
      },
    );

    // As for vocabularyLoss, the WASM form's NCKD is right to about 1e-7 T² here.
    if (backend !== 'wasm') {
      it('keeps the digits of a small divergence', async () => {
        const teacher = noise([1, 1000], 6, 3);
        const other = noise([1, 1000], 7, 0.1).values;
        const inputs = {
          student: { ...teacher, values: teacher.values.map((t, v) => t + other[v]) as Float32Array },
          teacher,
          temperature: floats([16]),
          gold: whole([300]),
          weights: floats([1]),
        };
        const [losses] = referenceOf(decoupledLossKernel, inputs, {}).outputs;
        expect(losses[1] / 16 ** 2).toBeLessThan(1e-5);
        const actual = decoupledLosses(tf.tensor2d(inputs.student.values, [1, 1000]), {
          teacher: tf.tensor2d(teacher.values, [1, 1000]),
          temperature: tf.tensor1d([16]),
          gold: tf.tensor1d([300], 'int32'),
          weights: tf.tensor1d([1]),
        });
        closeTo(await actual.data(), losses, 5e-3);
      });
    }

    it('is finite where a probability is below all float32', async () => {
      const row = [0, 1, 2, 300];
      const targets = {
        teacher: tf.tensor2d([row, [0, 1, 2, -300], row]),
        temperature: tf.tensor1d([0.5]),
        gold: tf.tensor1d([3, 3, 3], 'int32'),
        weights: tf.tensor1d([1, 1, 1]),
      };
      const student = tf.tensor2d([[0, 1, 2, -300], row, row]);
      const { value, grad } = tf.valueAndGrad((x) => decoupledLosses(x as tf.Tensor2D, targets))(student);
      // The margins are 600 less log(1 + e⁻² + e⁻⁴) + 4, and the same less than -600; T² is 1/4.
      const rest = 4 + Math.log(1 + Math.exp(-2) + Math.exp(-4));
      closeTo(await value.data(), [(600 + rest) / 4, (600 - rest) / 4, 0, 0, 0, 0], 1e-5);
      expect((await grad.data()).every(Number.isFinite)).toBe(true);
    });

    it('gives rows that do not count a loss and a gradient of exactly 0, however large their logits', async () => {
      const targets = {
        teacher: tf.tensor2d(noise([3, 6], 9, 1e30).values, [3, 6]),
        temperature: tf.tensor1d([0.1]),
        gold: tf.tensor1d([0, -1, 5], 'int32'),
        weights: tf.tensor1d([0, 1, 0]),
      };
      const student = tf.tensor2d(noise([3, 6], 10, 1e38).values, [3, 6]);
      const { value, grad } = tf.valueAndGrad((x) => decoupledLosses(x as tf.Tensor2D, targets))(student);
      expect([...(await value.data())].every((x) => x === 0)).toBe(true);
      expect([...(await grad.data())].every((x) => x === 0)).toBe(true);
    });
  });
}
