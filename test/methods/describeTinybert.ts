import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { planOf } from '../../src/config/objective';
import type { BackendName } from '../../src/config/results';
import type { Method } from '../../src/methods/method';
import { tinybert } from '../../src/methods/tinybert';
import { ops } from '../../src/train/ops';
import golden from '../golden/tinybert.json';
import { describeOn } from '../support/backends';
import { closeTo, type Golden, tensorCloseTo } from '../support/closeTo';
import { normals } from '../support/numbers';
import { comparisonOf, type Given } from './comparing';

const scoresOf = ({ shape, values }: Golden) =>
  tf.tensor4d(values, shape as [number, number, number, number]);
const matrix = ({ shape, values }: Golden) => tf.tensor2d(values, shape as [number, number]);
const mask = () => tf.tensor2d(golden.mask, undefined, 'float32');
const projection = () => ({ weight: matrix(golden.weight), bias: tf.tensor1d(golden.bias.values) });
const [B, H, L] = golden.studentScores[0].shape;

type Term = keyof typeof tinybert.terms;

/** One vector of shares for each level. */
const partsOf = (terms: Term[], given: Omit<Given, 'terms'>) =>
  (tinybert as Method)
    .shares(comparisonOf(tinybert as Method, { ...given, terms }), ops)
    .map(({ shares }) => {
      expect(shares.rank).toBe(1);
      return shares as tf.Tensor1D;
    });

/** L_attn of pairs of layers, side by side. */
export const attentionLosses = (
  student: tf.Tensor4D[],
  teacher: tf.Tensor4D[],
  attentionMask: tf.Tensor2D,
  mapping = student.map((_, m) => m + 1),
) =>
  partsOf(['attn'], {
    student: { scores: student },
    teacher: { scores: teacher },
    batch: { attentionMask },
    plan: { mapping },
    shapes: { student: { layers: student.length } },
  });

/** L_embd and L_hidn of pairs of levels, the embeddings' output first. */
export const hiddenLosses = (
  student: tf.Tensor2D[],
  teacher: tf.Tensor2D[],
  { weight, bias }: { weight: tf.Tensor2D; bias: tf.Tensor1D },
  mapping = student.slice(1).map((_, m) => m + 1),
) =>
  partsOf(['embd', 'hidn'], {
    student: { states: student },
    teacher: { states: teacher },
    plan: { mapping },
    shapes: { student: { layers: student.length - 1 } },
    extras: { 'fit_dense.weight': weight, 'fit_dense.bias': bias },
  });

export const numbers = (losses: tf.Tensor1D[]) =>
  Promise.all(losses.map(async (shares) => (await shares.sum().data())[0]));
const total = (losses: tf.Tensor1D[]) => tf.addN(losses.map((shares) => shares.sum())) as tf.Scalar;

/** L_attn of one pair, and its gradient for the student's scores. */
async function attentionLoss(student: tf.Tensor4D, teacher: tf.Tensor4D, masked: tf.Tensor2D) {
  const loss = (scores: tf.Tensor) => total(attentionLosses([scores as tf.Tensor4D], [teacher], masked));
  const { value, grad } = tf.valueAndGrad(loss)(student);
  return { value: (await value.data())[0], gradient: await grad.data() };
}

/** Indices of [B, H, L, L] scores whose key is padding. */
const paddedKeys = Array.from({ length: B * H * L * L }, (_, i) => i).filter(
  (i) => golden.mask[Math.floor(i / (H * L * L))][i % L] === 0,
);

export function describeTinybert(backend: BackendName) {
  describeOn(backend, "TinyBERT's layer losses", () => {
    it('L_attn is that of PyTorch, with its gradient', async () => {
      const teacher = golden.teacherScores.map(scoresOf);
      const student = golden.studentScores.map(scoresOf);
      const losses = attentionLosses(student, teacher, mask());
      expect(losses.map(({ shape }) => shape)).toEqual([[B * H * L], [B * H * L]]);
      closeTo(await numbers(losses), golden.attention.values, 1e-5);
      const gradients = tf.grads((...scores) =>
        total(attentionLosses(scores as tf.Tensor4D[], teacher, mask())),
      )(student);
      for (const [m, gradient] of gradients.entries()) {
        await tensorCloseTo(gradient, golden.attention.gradients[m], 1e-5);
      }
    });

    it('L_hidn is that of PyTorch, with its gradients for the states and for the shared projection', async () => {
      const teacher = golden.teacherHidden.map(matrix);
      const student = golden.studentHidden.map(matrix);
      closeTo(await numbers(hiddenLosses(student, teacher, projection())), golden.hidden.values, 1e-5);
      const { weight, bias } = projection();
      const gradients = tf.grads((weight, bias, ...states) =>
        total(
          hiddenLosses(states as tf.Tensor2D[], teacher, {
            weight: weight as tf.Tensor2D,
            bias: bias as tf.Tensor1D,
          }),
        ),
      )([weight, bias, ...student]);
      const { weightGradient, biasGradient } = golden.hidden;
      const expected = [weightGradient, biasGradient, ...golden.hidden.gradients];
      for (const [i, gradient] of gradients.entries()) await tensorCloseTo(gradient, expected[i], 1e-5);
    });

    it('golden 17: keys of padding contribute 0 to L_attn and stay in the denominator', async () => {
      const teacher = scoresOf(golden.teacherScores[0]);
      const student = scoresOf(golden.studentScores[0]);
      const { value, gradient } = await attentionLoss(student, teacher, mask());
      const nonsense = golden.studentScores[0].values.map((v, i) => (paddedKeys.includes(i) ? 1000 + i : v));
      const other = await attentionLoss(tf.tensor4d(nonsense, student.shape), teacher, mask());
      expect(other.value).toBe(value);
      expect(paddedKeys.length).toBe(2 * H * L);
      for (const i of paddedKeys) expect(Math.abs(gradient[i])).toBe(0);

      // Equal where they are padding, in a batch that has none: the same loss, since nothing else is divided by.
      const agreeing = golden.studentScores[0].values.map((v, i) =>
        paddedKeys.includes(i) ? golden.teacherScores[0].values[i] : v,
      );
      const full = await attentionLoss(tf.tensor4d(agreeing, student.shape), teacher, tf.ones([B, L]));
      closeTo([value], [full.value], 1e-6);
    });

    it('golden 18: c added to a row of scores leaves its softmax, and costs c² on that row', async () => {
      const teacher = scoresOf(golden.teacherScores[0]);
      const c = 3;
      const row = 7; // of B·H·L
      const shifted = golden.teacherScores[0].values.map((v, i) => (Math.floor(i / L) === row ? v + c : v));
      const student = tf.tensor4d(shifted, teacher.shape);
      closeTo(await tf.softmax(student).data(), await tf.softmax(teacher).data(), 1e-6);
      const [shares] = attentionLosses([student], [teacher], tf.ones([B, L]));
      const expected = Array.from({ length: B * H * L }, (_, r) => (r === row ? c ** 2 / (B * H * L) : 0));
      closeTo(await shares.data(), expected, 1e-5);
    });

    it('worked by hand: one head, two tokens; one state of width 1 taken to width 2', async () => {
      const student = tf.tensor4d([1, 2, 3, 4], [1, 1, 2, 2]);
      const teacher = tf.tensor4d([0, 2, 1, 7], [1, 1, 2, 2]);
      const attention = async (masked: number[]) =>
        numbers(attentionLosses([student], [teacher], tf.tensor2d(masked, [1, 2])));
      closeTo(await attention([1, 1]), [(1 + 0 + 4 + 9) / 4]);
      closeTo(await attention([1, 0]), [(1 + 4) / 4]);
      // h W + b = [2, −3] and [5, −6], compared with [2, −1] and [4, −6].
      const states = tf.tensor2d([1, 2], [2, 1]);
      const targets = tf.tensor2d([2, -1, 4, -6], [2, 2]);
      const linear = { weight: tf.tensor2d([3, -3], [2, 1]), bias: tf.tensor1d([-1, 0]) };
      closeTo(await numbers(hiddenLosses([states], [targets], linear)), [(0 + 4 + 1 + 0) / 4]);
    });

    it('L_hidn rises along its gradient for W_h as finite differences say', async () => {
      const teacher = golden.teacherHidden.map(matrix);
      const student = golden.studentHidden.map(matrix);
      const { weight, bias } = projection();
      const loss = (w: tf.Tensor) =>
        total(hiddenLosses(student, teacher, { weight: w as tf.Tensor2D, bias }));
      const direction = tf.tensor2d(normals(weight.size, 'direction'), weight.shape);
      const along = await tf.grad(loss)(weight).mul(direction).sum().data();
      expect(Math.abs(along[0])).toBeGreaterThan(0.1);
      // The loss is a parabola along any line: central differences have no error but rounding.
      const h = 0.1;
      const rise = loss(weight.add(direction.mul(h))).sub(loss(weight.sub(direction.mul(h))));
      closeTo(await rise.div(2 * h).data(), along, 1e-4);
    });

    it('refuse heads that do not pair up, by name', () => {
      const misfitOf = (heads: string, headPairs: number[] = []) => {
        const plan = planOf({ attn: 1 }, { temperature: 1, mapping: [1] });
        const student = { ...shape, heads: 2 };
        const lists = headPairs.length > 0 ? { headPairs } : {};
        return tinybert.terms.attn.misfit!({
          student,
          teacher: shape,
          plan: { ...plan, choices: { heads }, lists },
        });
      };
      const values = { heads: 2, teacherHeads: 4 };
      expect(misfitOf('each')).toEqual({ code: 'termNeedsEqualHeads', values });
      expect(misfitOf('mean')).toBeNull();
      expect(misfitOf('paired')).toBeNull();
      expect(misfitOf('paired', [4, 1])).toBeNull();
      expect(misfitOf('paired', [5, 1])).toEqual({
        code: 'termNeedsHeadPairs',
        values: { ...values, pairs: 2 },
      });
      expect(misfitOf('paired', [1])).toEqual({
        code: 'termNeedsHeadPairs',
        values: { ...values, pairs: 1 },
      });
    });
  });
}

const shape = { layers: 1, hiddenSize: 8, heads: 4, intermediateSize: 8, vocabularySize: 9 };
