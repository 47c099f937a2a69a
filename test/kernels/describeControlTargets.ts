import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { permutation, randomStream } from '../../src/data/random';
import { controlTargets, shuffledTargets, topTargets } from '../../src/kernels/controlTargets/controlTargets';
import {
  controlTargetsKernel,
  shuffledTargetsKernel,
  topTargetsKernel,
} from '../../src/kernels/controlTargets/kernel';
import { vocabularyLosses } from '../../src/kernels/vocabularyLoss/vocabularyLoss';
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

/** Every fifth row has no gold word. */
const goldOf = ({ R, V }: Case) =>
  Array.from({ length: R }, (_, r) => (r % 5 === 4 ? -1 : (r * 7 + V - 1) % V));

const cases: Case[] = [
  { R: 1, V: 2, T: 1, scale: 3 },
  { R: 7, V: 33, T: 0.5, scale: 12 },
  { R: 33, V: 64, T: 2, scale: 5 },
  { R: 9, V: 1023, T: 4, scale: 12 },
  { R: 6, V: 2048, T: 1, scale: 30 },
  { R: 3, V: 30522, T: 16, scale: 12 },
];

/** softmax(x/T) of each row, in float64. */
function softened(x: ArrayLike<number>, { R, V, T }: Case): number[][] {
  return Array.from({ length: R }, (_, r) => {
    const row = Array.from({ length: V }, (_, v) => x[r * V + v] / T);
    const top = row.reduce((a, b) => Math.max(a, b));
    const e = row.map((value) => Math.exp(value - top));
    const sum = e.reduce((a, b) => a + b);
    return e.map((value) => value / sum);
  });
}
const entropy = (p: number[]) => -p.reduce((sum, q) => sum + (q > 0 ? q * Math.log(q) : 0), 0);

const tensorOf = ({ shape, values }: Input) => tf.tensor2d(values, shape as [number, number]);

export function describeControlTargets(backend: BackendName) {
  const targetsOf = (teacher: Input, sizes: Case, keep: 'gold' | 'entropy') =>
    controlTargets(
      tensorOf(teacher),
      { temperature: tf.tensor1d([sizes.T]), gold: tf.tensor1d(goldOf(sizes), 'int32') },
      { keep },
    );

  describeKernels(backend, 'controlTargets', () => {
    it.each(cases)('agree with their reference, %j', async (sizes) => {
      const teacher = noise([sizes.R, sizes.V], 1, sizes.scale);
      const inputs = { teacher, temperature: floats([sizes.T]), gold: whole(goldOf(sizes)) };
      await checkKernel(controlTargetsKernel, inputs, { keep: 'gold' });
      // Near 1/V the entropy hardly depends on the probability that is looked for.
      await checkKernel(controlTargetsKernel, inputs, { keep: 'entropy' }, { tolerance: 1e-2 });
    });

    it.each(cases)(
      "keep the gold word's probability, or the entropy, and nothing else, %j",
      async (sizes) => {
        const { R, V, scale } = sizes;
        const teacher = noise([R, V], 1, scale);
        const original = softened(teacher.values, sizes);
        for (const keep of ['gold', 'entropy'] as const) {
          const rows = softened(await targetsOf(teacher, sizes, keep).data(), sizes);
          goldOf(sizes).forEach((word, r) => {
            const others = rows[r].filter((_, v) => v !== word);
            expect(others.every((p) => p === others[0])).toBe(true);
            if (word < 0) expect(rows[r][0]).toBeCloseTo(1 / V, 8);
            else if (keep === 'gold') closeTo([rows[r][word]], [original[r][word]], 1e-4);
            else {
              expect(Math.abs(entropy(rows[r]) - entropy(original[r]))).toBeLessThan(1e-4);
              expect(rows[r][word]).toBeGreaterThanOrEqual(others[0]);
            }
          });
        }
      },
    );

    it('bear a teacher that is certain, or knows nothing at all', async () => {
      const sizes = { R: 2, V: 8, T: 1, scale: 0 };
      const values = new Float32Array(16);
      values[7] = 500; // the gold word of the first row
      for (const keep of ['gold', 'entropy'] as const) {
        const [sure, unsure] = softened(
          await targetsOf({ shape: [2, 8], values }, sizes, keep).data(),
          sizes,
        );
        expect(sure[7]).toBeGreaterThan(0.999999);
        closeTo(unsure, Array(8).fill(1 / 8), 1e-2);
        expect(entropy(unsure)).toBeCloseTo(Math.log(8), 4);
      }
    });

    it.each(cases)('of the shuffled teacher are moved as in their reference, %j', async (sizes) => {
      const { R, V, scale } = sizes;
      const teacher = noise([R, V], 1, scale);
      const gold = goldOf(sizes);
      const drawn = permutation(V, randomStream(4, 0, 'test'));
      const onward = Array.from({ length: V }, (_, v) => (v + 1) % V);
      // With each gold word both moved and at its own place.
      for (const order of [drawn, onward, onward.map((_, v) => v)]) {
        const preimages = gold.map((word) => order.indexOf(word));
        const inputs = {
          teacher,
          permutation: whole(order),
          gold: whole(gold),
          goldPreimages: whole(preimages),
        };
        const [expected] = referenceOf(shuffledTargetsKernel, inputs, {}).outputs;
        const [byWord, right, holders] = [order, gold, preimages].map((ids) =>
          tf.tensor1d(Int32Array.from(ids), 'int32'),
        );
        const moved = shuffledTargets(tensorOf(teacher), {
          permutation: byWord,
          gold: right,
          goldPreimages: holders,
        });
        const targets = await moved.data();
        const exchanged = (i: number) =>
          [gold, preimages].some((words) => words[Math.floor(i / V)] === i % V);
        // Bit for bit, but where WASM adds a difference as tfjs did.
        const others = [...targets.keys()].filter((i) => backend !== 'wasm' || !exchanged(i));
        expect(others.filter((i) => targets[i] !== expected[i])).toEqual([]);
        closeTo(targets, expected, 1e-6);
        for (const [r, word] of gold.entries()) {
          const [before, after] = [teacher.values, expected].map((x) =>
            Float32Array.from(x.slice(r * V, (r + 1) * V)),
          );
          if (word >= 0) expect(after[word]).toBe(before[word]);
          const [sorted, sortedBefore] = [after, before].map((x) => x.sort());
          expect(sorted.every((value, v) => value === sortedBefore[v])).toBe(true);
        }
      }
    });

    it.each(cases)('of the most probable words agree with their reference, %j', async ({ R, V, scale }) => {
      const teacher = noise([R, V], 1, scale);
      for (const k of new Set([1, 2, Math.ceil(V / 3), V - 1, V])) {
        await checkKernel(topTargetsKernel, { teacher, count: floats([k]) }, {}, { tolerance: 1e-7 });
      }
    });

    it.each([5, 8, 130, 1032])(
      'keep the first of equal words, exactly as many as asked, of %i',
      async (V) => {
        // Few values, both zeros and numbers too small for a normal float32 among them.
        const values = [0, -0, 1.5, -2, 1e-42, 0.75, -1e-42, 1.5, 0];
        const teacher: Input = {
          shape: [4, V],
          values: Float32Array.from({ length: 4 * V }, (_, i) =>
            i < V ? values[(i * 31 + (i >> 3)) % 9] : i < 2 * V ? 3 : i < 3 * V ? -7 : -0.5 * (i % 2),
          ),
        };
        for (let k = 1; k <= V; k += Math.ceil(V / 23)) {
          await checkKernel(topTargetsKernel, { teacher, count: floats([k]) }, {}, { tolerance: 1e-7 });
          const isKept = (z: number) => z > -5000;
          const targets = [...(await topTargets(tensorOf(teacher), tf.tensor1d([k])).data())];
          const [expected] = referenceOf(topTargetsKernel, { teacher, count: floats([k]) }, {}).outputs;
          expect(targets.map(isKept)).toEqual([...expected].map(isKept));
          expect(targets.filter(isKept)).toHaveLength(4 * k);
        }
      },
    );

    it('take a count that lies outside for the nearest one', async () => {
      const teacher = noise([2, 9], 1, 3);
      for (const k of [-3, 0, 4.2, 10, 1e9]) {
        await checkKernel(topTargetsKernel, { teacher, count: floats([k]) }, {}, { tolerance: 1e-7 });
      }
    });

    it('left out words have no probability, and their losses are finite, at every temperature', async () => {
      const sizes = { R: 3, V: 40, T: 1, scale: 9 };
      const teacher = tensorOf(noise([3, 40], 1, 9));
      const student = tensorOf(noise([3, 40], 2, 9));
      const top = topTargets(teacher, tf.tensor1d([3]));
      for (const T of [0.05, 0.25, 1, 4, 16, 64]) {
        const p = await tf.softmax(top.div(T)).array();
        expect((p as number[][]).map((row) => row.filter((q) => q > 0).length)).toEqual([3, 3, 3]);
        const targets = {
          teacher: top,
          temperature: tf.tensor1d([T]),
          weights: tf.ones([2, 3]) as tf.Tensor2D,
        };
        const loss = (s: tf.Tensor) => vocabularyLosses(s as tf.Tensor2D, targets);
        const { value, grad } = {
          value: await loss(student).data(),
          grad: await tf
            .grad((s) => loss(s).sum())(student)
            .data(),
        };
        const [exact, own] = [await top.data(), await student.data()].map((x) =>
          softened(x, { ...sizes, T }),
        );
        const divergences = exact.map((row, r) =>
          row.reduce((sum, q, v) => sum + (q > 0 ? q * Math.log(q / own[r][v]) : 0), 0),
        );
        closeTo(
          value.slice(0, 3),
          divergences.map((kl) => kl * T * T),
          1e-4,
          `T = ${T}`,
        );
        closeTo(
          grad,
          own.flatMap((row, r) => row.map((q, v) => T * (q - exact[r][v]))),
          1e-4,
          `T = ${T}`,
        );
      }
    });
  });
}
