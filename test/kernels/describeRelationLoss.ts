import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { relationLossKernel } from '../../src/kernels/relationLoss/kernel';
import { attentionDivergences, relationLosses } from '../../src/kernels/relationLoss/relationLoss';
import { closeTo } from '../support/closeTo';
import { checkKernel, type Input, noise } from './checkKernel';
import { describeKernels } from './describeKernels';

export interface RelationLossCase {
  B: number;
  L: number;
  heads: number;
  headsFirst: boolean;
  /** Losses side by side; only with headsFirst. */
  parts?: number;
  scale?: number;
}

/** Every sequence but the first ends in padding and has some between its tokens; every third one is padding alone. */
export function maskOf(B: number, L: number): Input {
  const isToken = (b: number, i: number) => b % 3 !== 2 && (b === 0 || i === 0 || (i < L - 2 && i % 5 !== 3));
  const values = Float32Array.from({ length: B * L }, (_, n) => (isToken(Math.floor(n / L), n % L) ? 1 : 0));
  return { shape: [B, L], values };
}

export function relationLossInputs({ B, L, heads, headsFirst, parts = 1, scale = 4 }: RelationLossCase) {
  const shape = headsFirst ? [parts * heads, B, L, L] : [B, heads, L, L];
  return { student: noise(shape, 1, scale), teacher: noise(shape, 2, scale), mask: maskOf(B, L) };
}

const cases: RelationLossCase[] = [
  { B: 1, L: 1, heads: 1, headsFirst: false },
  { B: 3, L: 1, heads: 5, headsFirst: true },
  { B: 3, L: 7, heads: 3, headsFirst: false },
  { B: 4, L: 7, heads: 3, headsFirst: true, parts: 3 },
  { B: 2, L: 33, heads: 12, headsFirst: false, scale: 60 },
  { B: 3, L: 32, heads: 4, headsFirst: true, parts: 2 },
  { B: 2, L: 128, heads: 2, headsFirst: true },
];

const tensorOf = ({ shape, values }: Input) => tf.tensor(values, [...shape]);

export function describeRelationLoss(backend: BackendName) {
  describeKernels(backend, 'relationLoss', () => {
    it.each(cases)('agrees with its reference, %j', async (sizes) => {
      const { heads, headsFirst } = sizes;
      await checkKernel(relationLossKernel, relationLossInputs(sizes), { heads, headsFirst });
    });

    it('is right to about 1e-7 nats where both are alike', async () => {
      const teacher = noise([1, 2, 20, 20], 1, 3);
      const other = noise([1, 2, 20, 20], 2, 1e-2).values;
      const student = { ...teacher, values: teacher.values.map((t, i) => t + other[i]) as Float32Array };
      const mask = { shape: [1, 20], values: new Float32Array(20).fill(1) };
      const attributes = { heads: 2, headsFirst: false };
      // A row's divergence is 3e-5 nats at most.
      await checkKernel(relationLossKernel, { student, teacher, mask }, attributes, { tolerance: 1e-2 });
    });

    it('has a value worked out by hand, that of the tokens alone', async () => {
      // The second sequence has one token, so that there is one relation; the third has none and doesn't count.
      const mask = tf.tensor2d([1, 1, 0, 1, 0, 0, 0, 0, 0], [3, 3]);
      const scores = (first: number[]) => tf.tensor4d([...first, ...Array(18).fill(50)], [3, 1, 3, 3]);
      const student = scores([0, 0, 99, Math.log(3), 0, -99, 7, 8, 9]);
      const teacher = scores([Math.log(3), 0, -99, 0, 0, 99, 3, 2, 1]);
      // KL((3/4, 1/4) ‖ (1/2, 1/2)) and KL((1/2, 1/2) ‖ (3/4, 1/4)); a mean over 2 tokens, then over 2 sequences.
      const [first, second] = [0.75 * Math.log(1.5) + 0.25 * Math.log(0.5), Math.log(2) - 0.5 * Math.log(3)];
      const rows = await attentionDivergences(student, teacher, mask).data();
      closeTo(rows, [first / 4, second / 4, 0, 0, 0, 0, 0, 0, 0], 1e-6);
    });

    const [B, L, A] = [4, 6, 2];
    const mask = () => tensorOf(maskOf(B, L)) as tf.Tensor2D;
    const vectors = (width: number, seed: number) => tensorOf(noise([B * L, width], seed, 2)) as tf.Tensor2D;

    /** MiniLMv2's loss as its program has it: sequence by sequence, at its own length. */
    function plainLoss(student: tf.Tensor, teacher: tf.Tensor, heads: number): tf.Scalar {
      const flags = mask().arraySync();
      const sequences = flags.map((row) => row.flatMap((m, i) => (m === 1 ? [i] : []))).entries();
      const held = [...sequences].filter(([, tokens]) => tokens.length > 0);
      const losses = held.map(([b, tokens]) => {
        // A product, since tfjs has no gradient of picked rows on WASM.
        const isRow = tokens.map((i) => Array.from({ length: B * L }, (_, n) => (n === b * L + i ? 1 : 0)));
        const pick = tf.tensor2d(isRow, [tokens.length, B * L]);
        const logRelations = (x: tf.Tensor) => {
          const width = x.shape[1]! / heads;
          const own = tf
            .matMul(pick, x as tf.Tensor2D)
            .reshape([-1, heads, width])
            .transpose([1, 0, 2]);
          return tf.logSoftmax(tf.matMul(own, own, false, true).div(Math.sqrt(width)));
        };
        const [s, t] = [logRelations(student), logRelations(teacher)];
        return t
          .exp()
          .mul(t.sub(s))
          .sum()
          .div(heads * tokens.length);
      });
      return tf.addN(losses).div(held.length) as tf.Scalar;
    }

    it('is the loss of MiniLMv2, value and gradient, for widths that differ', async () => {
      const [student, teacher] = [vectors(6, 1), vectors(10, 2)];
      const rows = (x: tf.Tensor) => relationLosses(x as tf.Tensor2D, teacher, mask(), { heads: A });
      expect(rows(student).shape).toEqual([1, A * B * L]);
      closeTo(await rows(student).sum().data(), await plainLoss(student, teacher, A).data(), 1e-5);
      const [ours, expected] = [
        tf.grad((x) => rows(x).sum())(student),
        tf.grad((x) => plainLoss(x, teacher, A))(student),
      ];
      closeTo(await ours.data(), await expected.data(), 1e-4);
      // Padding has no part in it.
      const flags = await mask().data();
      const gradients = (await ours.array()) as number[][];
      expect(gradients.map((row) => row.some((g) => g !== 0))).toEqual([...flags].map((m) => m === 1));
    });

    it('compares parts side by side as one at a time, each with its own gradient', async () => {
      const [student, teacher] = [vectors(18, 1), vectors(12, 2)];
      const drows = tensorOf(noise([3, A * B * L], 3));
      const together = tf.grad((x) =>
        relationLosses(x as tf.Tensor2D, teacher, mask(), { heads: A, parts: 3 })
          .mul(drows)
          .sum(),
      )(student);
      const losses = relationLosses(student, teacher, mask(), { heads: A, parts: 3 });
      const apart = [0, 1, 2].map((part) => {
        const own = (x: tf.Tensor2D) => x.slice([0, (part * x.shape[1]) / 3], [-1, x.shape[1] / 3]);
        const rows = (x: tf.Tensor) =>
          relationLosses(own(x as tf.Tensor2D), own(teacher), mask(), { heads: A });
        const gradient = tf.grad((x) =>
          rows(x)
            .mul(drows.slice([part, 0], [1, -1]))
            .sum(),
        )(student);
        return { rows: rows(student), gradient };
      });
      closeTo(await losses.data(), await tf.concat(apart.map(({ rows }) => rows)).data(), 1e-6);
      closeTo(await together.data(), await tf.addN(apart.map(({ gradient }) => gradient)).data(), 1e-5);
    });

    it('is 0, and so is its gradient, where both agree; a batch of padding alone has no loss', async () => {
      const x = vectors(6, 1);
      const losses = (mask: tf.Tensor2D, teacher: tf.Tensor2D) => (x: tf.Tensor) =>
        relationLosses(x as tf.Tensor2D, teacher, mask, { heads: A });
      expect(Math.max(...(await losses(mask(), x)(x).data()))).toBeLessThan(1e-7);
      const nothing = losses(tf.zeros([B, L]), vectors(6, 2));
      for (const of of [nothing(x), tf.grad((y) => nothing(y).sum())(x)]) {
        expect([...(await of.data())].every((value) => value === 0)).toBe(true);
      }
    });

    it('has the gradient of the attention scores, weighed by what is asked of each row', async () => {
      const { student, teacher } = relationLossInputs({ B, L, heads: A, headsFirst: false });
      const drows = tensorOf(noise([B * A * L], 3));
      const ours = (s: tf.Tensor) =>
        attentionDivergences(s as tf.Tensor4D, tensorOf(teacher) as tf.Tensor4D, mask())
          .mul(drows)
          .sum();
      const flags = mask();
      const tokens = flags.sum(1, true).maximum(1);
      const keys = flags.reshape([B, 1, 1, L]);
      const plain = (s: tf.Tensor) => {
        const [log, logTeacher] = [s, tensorOf(teacher)].map((x) =>
          tf.logSoftmax(x.add(keys.sub(1).mul(1e9))),
        );
        const terms = logTeacher.exp().mul(logTeacher.sub(log)).mul(keys).sum(-1);
        const weights = flags.div(tokens).div(A * 3);
        return terms
          .mul(weights.reshape([B, 1, L]))
          .flatten()
          .mul(drows)
          .sum();
      };
      closeTo(await ours(tensorOf(student)).data(), await plain(tensorOf(student)).data(), 1e-4);
      const [gradient, expected] = [ours, plain].map((of) => tf.grad(of)(tensorOf(student)));
      closeTo(await gradient.data(), await expected.data(), 1e-4);
    });
  });
}
