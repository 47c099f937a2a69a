import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { gatherRows, rowIndex } from '../../src/kernels/gatherRows/gatherRows';
import { distilbert } from '../../src/methods/distilbert';
import type { Method } from '../../src/methods/method';
import golden from '../golden/losses.json';
import { describeOn } from '../support/backends';
import { closeTo, type Golden, tensorCloseTo } from '../support/closeTo';
import { normals } from '../support/numbers';
import { type Given, sumOf } from './comparing';

const [N, V] = golden.studentLogits.shape;
const counted = golden.mask.reduce((a, b) => a + b);
const maskedRows = golden.labels.flatMap((label, row) => (label >= 0 ? [row] : []));

const matrix = ({ shape, values }: Golden) => tf.tensor2d(values, shape as [number, number]);
const weights = () => tf.tensor1d(golden.mask, 'float32');
const zs = () => matrix(golden.studentLogits);
const zt = () => matrix(golden.teacherLogits);
const hs = () => matrix(golden.studentHidden);
const ht = () => matrix(golden.teacherHidden);

const scalar = async (x: tf.Tensor) => (await x.data())[0];
/** Each row's share in a mean over those with weight 1. */
const shares = (w: tf.Tensor1D) => w.div(w.sum()) as tf.Tensor1D;
const twice = (w: tf.Tensor1D) => tf.stack([w, w]) as tf.Tensor2D;

const lossOf = (term: keyof typeof distilbert.terms, given: Omit<Given, 'terms'>) =>
  sumOf(distilbert as Method, term, { ...given, terms: [term] });

const ceLoss = (student: tf.Tensor2D, teacher: tf.Tensor2D, T: number, w = weights(), choices = {}) =>
  lossOf('ce', {
    student: { logits: student },
    teacher: { targets: teacher },
    rows: { predictionShares: twice(shares(w)) },
    temperature: T,
    plan: { choices },
  });

const logitsLoss = (student: tf.Tensor2D, teacher: tf.Tensor2D, w: tf.Tensor1D) =>
  lossOf('mse', {
    student: { logits: student },
    teacher: { logits: teacher },
    rows: { shares: shares(w) },
  });
const cosineLoss = (student: tf.Tensor2D, teacher: tf.Tensor2D, w: tf.Tensor1D) =>
  lossOf('cos', {
    student: { hidden: student },
    teacher: { hidden: teacher },
    batch: { tokenShares: shares(w) },
  });

/** L_mlm at the masked rows of all logits, as a step takes it, with one slot of filling. */
function mlmLoss() {
  // Made outside of what is differentiated: its gradient reads them.
  const index = rowIndex(Int32Array.from([...maskedRows, 0]), N);
  const labels = tf.tensor1d([...maskedRows.map((row) => golden.labels[row]), 0], 'int32');
  const slots = twice(shares(tf.tensor1d([...maskedRows.map(() => 1), 0])));
  return (logits: tf.Tensor2D) =>
    lossOf('mlm', {
      student: { logits: gatherRows(logits, index) },
      rows: { labels, predictionShares: slots },
    });
}

/** Softened distribution and its entropy by plain operations. */
function softTargets(logits: tf.Tensor2D, T: number) {
  const log = tf.logSoftmax(logits.div(T));
  return { probabilities: tf.exp(log), negativeEntropy: tf.exp(log).mul(log).sum(-1) };
}

async function expectGolden(
  loss: (x: tf.Tensor2D) => tf.Scalar,
  input: tf.Tensor2D,
  expected: { value: number; gradient: Golden },
) {
  const { value, grad } = tf.valueAndGrad((x) => loss(x as tf.Tensor2D))(input);
  closeTo(await value.data(), [expected.value], 1e-5);
  await tensorCloseTo(grad, expected.gradient, 1e-5);
}

/** The input with the rows of padding replaced by others. */
const withOtherPadding = (x: tf.Tensor2D) => {
  const keep = weights().expandDims(1);
  const others = tf.tensor2d(normals(x.size, 'padding', 30), x.shape);
  return x.mul(keep).add(others.mul(tf.sub(1, keep))) as tf.Tensor2D;
};

export function describeDistilbert(backend: BackendName) {
  describeOn(backend, "DistilBERT's losses", () => {
    it.each(golden.ce)('L_ce at T = $temperature is that of PyTorch, with its gradient', async (expected) => {
      await expectGolden((s) => ceLoss(s, zt(), expected.temperature), zs(), expected);
    });

    it('L_mlm, L_mse and L_cos are those of PyTorch, with their gradients', async () => {
      await expectGolden(mlmLoss(), zs(), golden.mlm);
      await expectGolden((s) => logitsLoss(s, zt(), weights()), zs(), golden.mse);
      await expectGolden((h) => cosineLoss(h, ht(), weights()), hs(), golden.cos);
    });

    it('golden 1: d L_ce / d zs = T (softmax(zs/T) - softmax(zt/T)) / N', async () => {
      for (const T of [0.5, 2, 8]) {
        const gradient = tf.grad((s) => ceLoss(s as tf.Tensor2D, zt(), T))(zs());
        const expected = tf
          .softmax(zs().div(T))
          .sub(tf.softmax(zt().div(T)))
          .mul(T / counted)
          .mul(weights().expandDims(1));
        closeTo(await gradient.data(), await expected.data(), 1e-5);
      }
    });

    it('golden 2: for T → ∞ L_ce → ‖centred(zs) - centred(zt)‖² / (2 V N)', async () => {
      const centred = (z: tf.Tensor2D) => z.sub(z.mean(-1, true)).mul(weights().expandDims(1));
      const limit = await scalar(
        centred(zs())
          .sub(centred(zt()))
          .square()
          .sum()
          .div(2 * V * counted),
      );
      const gap = async (T: number) =>
        Math.abs((await scalar(ceLoss(zs(), zt(), T))) - limit) / Math.abs(limit);
      expect(await gap(100)).toBeLessThan(0.01);
      expect(await gap(1)).toBeGreaterThan(0.05);
    });

    it('golden 3: CE - KL = H(teacher), with equal gradients', async () => {
      const T = 2;
      const { probabilities, negativeEntropy } = softTargets(zt(), T);
      const crossEntropy = (s: tf.Tensor2D) =>
        probabilities
          .mul(tf.logSoftmax(s.div(T)))
          .sum(-1)
          .neg()
          .mul(weights())
          .sum()
          .div(counted) as tf.Scalar;
      const form = (softForm: string) => (s: tf.Tensor2D) =>
        ceLoss(s, zt(), T, weights(), { softForm, softScale: 'none' });
      const forms = [crossEntropy, form('crossEntropy'), form('divergence')];
      const [plain, ce, kl] = await Promise.all(forms.map((loss) => scalar(loss(zs()))));
      const entropy = await scalar(negativeEntropy.neg().mul(weights()).sum().div(counted));
      closeTo([ce, ce - kl], [plain, entropy], 1e-5);
      const gradients = forms.map((f) => tf.grad((s) => f(s as tf.Tensor2D))(zs()));
      const [ofPlain, ofCe, ofKl] = await Promise.all(gradients.map((gradient) => gradient.data()));
      closeTo(ofCe, ofPlain, 1e-5);
      closeTo(ofKl, ofPlain, 1e-5);
    });

    it("golden 5: logits at padding change none of DistilBERT's losses", async () => {
      const losses = async (change: (x: tf.Tensor2D) => tf.Tensor2D) => {
        const [s, t] = [change(zs()), change(zt())];
        const [h, g] = [change(hs()), change(ht())];
        const w = weights();
        const values = [ceLoss(s, t, 2), mlmLoss()(s), cosineLoss(h, g, w), logitsLoss(s, t, w)];
        return Promise.all(values.map(scalar));
      };
      expect(await losses(withOtherPadding)).toEqual(await losses((x) => x));
    });

    it("golden 6: restricted to masked positions, unlabelled logits don't change L_ce", async () => {
      const index = rowIndex(Int32Array.from(maskedRows), N);
      const restricted = (s: tf.Tensor2D) =>
        ceLoss(gatherRows(s, index), gatherRows(zt(), index), 2, tf.ones([maskedRows.length]) as tf.Tensor1D);
      const gradient = await tf
        .grad((s) => restricted(s as tf.Tensor2D))(zs())
        .array();
      (gradient as number[][]).forEach((row, n) => {
        const isZero = row.every((v) => v === 0);
        expect(isZero).toBe(!maskedRows.includes(n));
      });
    });

    it('golden 7: student = teacher gives L_ce = L_cos = L_mse = 0, and L_mlm is not', async () => {
      const w = weights();
      for (const T of [0.5, 1, 4]) {
        expect(Math.abs(await scalar(ceLoss(zs(), zs(), T)))).toBeLessThan(1e-5);
      }
      expect(Math.abs(await scalar(cosineLoss(hs(), hs(), w)))).toBeLessThan(1e-6);
      expect(await scalar(logitsLoss(zs(), zs(), w))).toBe(0);
      expect(await scalar(mlmLoss()(zs()))).toBeGreaterThan(0.1);
    });

    it('golden 8: uniform logits give L_mlm = ln V, whatever T', async () => {
      closeTo([await scalar(mlmLoss()(tf.fill([N, V], 3.5)))], [Math.log(V)], 1e-6);
      for (const T of [0.5, 4])
        closeTo([await scalar(mlmLoss()(tf.fill([N, V], 1 / T)))], [Math.log(V)], 1e-6);
    });

    it('golden 9: L_cos of s = c t is 0, of s = -t is 2, and its gradient is orthogonal to s', async () => {
      const loss = (h: tf.Tensor2D) => cosineLoss(h, ht(), weights());
      expect(Math.abs(await scalar(loss(ht().mul(0.3))))).toBeLessThan(1e-6);
      expect(Math.abs(await scalar(loss(ht().mul(7))))).toBeLessThan(1e-6);
      closeTo([await scalar(loss(ht().neg()))], [2], 1e-6);
      const gradient = tf.grad((h) => loss(h as tf.Tensor2D))(hs());
      const along = await gradient.mul(hs()).sum(-1).data();
      expect(Math.max(...along.map(Math.abs))).toBeLessThan(1e-6);
      expect(await scalar(gradient.abs().max())).toBeGreaterThan(0.01);
    });

    it('worked by hand: two classes at T = 2', async () => {
      // softmax([2 ln 3, 0] / 2) is [3/4, 1/4] and that of [0, 0] is [1/2, 1/2]: KL = ln 2 - H(3/4).
      const student = tf.tensor2d([0, 0], [1, 2]);
      const teacher = tf.tensor2d([2 * Math.log(3), 0], [1, 2]);
      const divergence = 0.75 * Math.log(1.5) + 0.25 * Math.log(0.5);
      closeTo(
        [await scalar(ceLoss(student, teacher, 2, tf.ones([1]) as tf.Tensor1D))],
        [4 * divergence],
        1e-5,
      );
      closeTo(
        [await scalar(logitsLoss(student, teacher, tf.ones([1]) as tf.Tensor1D))],
        [(2 * Math.log(3)) ** 2],
        1e-5,
      );
    });
  });
}
