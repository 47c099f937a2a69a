/** Controls of the soft targets against the same in float64. */
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { permutation, randomStream } from '../../src/data/random';
import { controlOf, type SoftTargets, softTargetKinds } from '../../src/methods/softTargets';
import { ops } from '../../src/train/ops';
import { describeOn } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { normals } from '../support/numbers';

const [N, V] = [9, 13];
const values = normals(N * V, 'logits').map((v) => 2 * v);
/** The last row is padding. */
const gold = Int32Array.from({ length: N }, (_, n) => (n === N - 1 ? -1 : (5 * n) % V));
const order = Int32Array.from(permutation(V, randomStream(4, 0, 'test')));
const rowsOf = (flat: ArrayLike<number>) =>
  Array.from({ length: N }, (_, n) => Array.from({ length: V }, (_, v) => flat[n * V + v]));

async function controlled(kind: SoftTargets, { T = 2, k = 3, by = order } = {}) {
  const preimages = gold.map((id) => by.indexOf(id));
  const made = controlOf(kind).targets!(
    {
      logits: tf.tensor2d(values, [N, V]),
      temperature: tf.tensor1d([T]),
      gold: tf.tensor1d(gold, 'int32'),
      permutation: tf.tensor1d(by, 'int32'),
      goldPreimages: tf.tensor1d(preimages, 'int32'),
      scalar: () => tf.tensor1d([k]),
    },
    ops,
  );
  return rowsOf(await made.data());
}

function softmax(logits: readonly number[], T: number): number[] {
  const largest = Math.max(...logits);
  const powers = logits.map((z) => Math.exp((z - largest) / T));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((p) => p / sum);
}

const entropy = (p: readonly number[]) => -p.reduce((sum, q) => (q > 0 ? sum + q * Math.log(q) : sum), 0);
const counted = [...gold.keys()].filter((n) => gold[n] >= 0);
/** Added and taken away again, a logit may lose its last bit. */
const rounded = (row: number[]) => row.map((v) => v.toFixed(4));

export function describeControls(backend: BackendName) {
  describeOn(backend, 'soft targets', () => {
    const before = rowsOf(values);

    it('are the teacher’s own where no control is asked for, and each control makes others', async () => {
      expect(controlOf('teacher').targets).toBeUndefined();
      for (const kind of softTargetKinds.filter((kind) => kind !== 'teacher')) {
        const after = await controlled(kind);
        const moved = after.flat().filter((v, i) => Math.abs(v - values[i]) > 1e-3).length;
        expect(moved, kind).toBeGreaterThan((N * V) / 2);
      }
    });

    it('of the shuffled teacher keep the gold word’s logit, and the others but not their places', async () => {
      const after = await controlled('shuffled');
      for (const n of counted) {
        const expected = Array.from(order, (from) => before[n][from]);
        const [word, holder] = [gold[n], order.indexOf(gold[n])];
        [expected[word], expected[holder]] = [expected[holder], expected[word]];
        closeTo(after[n], expected, 1e-6);
        expect(rounded(after[n]).sort()).toEqual(rounded(before[n]).sort());
      }
      const identity = Int32Array.from({ length: V }, (_, i) => i);
      closeTo((await controlled('shuffled', { by: identity })).flat(), values, 1e-7);
    });

    it.each([0.7, 1, 4])(
      'of smoothed labels are as soft as the teacher’s at T = %d, all other words alike',
      async (T) => {
        const after = await controlled('smoothed', { T });
        for (const n of counted) {
          const p = softmax(after[n], T);
          closeTo([entropy(p)], [entropy(softmax(before[n], T))], 1e-4);
          const others = p.filter((_, v) => v !== gold[n]);
          closeTo(
            others,
            others.map(() => others[0]),
            1e-5,
          );
          expect(p[gold[n]]).toBeGreaterThanOrEqual(others[0]);
        }
      },
    );

    it.each([0.7, 1, 4])(
      'of the gold word alone have its probability at T = %d, all other words alike',
      async (T) => {
        const after = await controlled('goldOnly', { T });
        for (const n of counted) {
          const [p, word] = [softmax(before[n], T)[gold[n]], gold[n]];
          const expected = Array.from({ length: V }, (_, v) => (v === word ? p : (1 - p) / (V - 1)));
          closeTo(softmax(after[n], T), expected, 1e-4);
        }
      },
    );

    it.each([1, 3, V])('of the top %i words have no others, and these in their proportions', async (k) => {
      const after = await controlled('topWords', { k });
      for (const n of before.keys()) {
        const least = [...before[n]].sort((a, b) => b - a)[k - 1];
        const p = softmax(before[n], 2).map((q, v) => (before[n][v] >= least ? q : 0));
        const sum = p.reduce((a, b) => a + b);
        closeTo(
          softmax(after[n], 2),
          p.map((q) => q / sum),
          1e-4,
        );
      }
    });
  });
}
