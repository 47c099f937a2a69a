import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { permutation, randomStream } from '../../src/data/random';
import { shuffledLogits } from '../../src/distill/shuffledTeacher';
import { describeOn } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { normals } from '../support/numbers';

const [N, V] = [9, 13];
const values = normals(N * V, 'logits');
const gold = Int32Array.from({ length: N }, (_, n) => (5 * n) % V);
const order = Int32Array.from(permutation(V, randomStream(4, 0, 'test')));

function shuffled(order: Int32Array) {
  const goldPreimage = gold.map((id) => order.indexOf(id));
  return shuffledLogits(tf.tensor2d(values, [N, V]), {
    permutation: tf.tensor1d(order, 'int32'),
    gold: tf.tensor1d(gold, 'int32'),
    goldPreimage: tf.tensor1d(goldPreimage, 'int32'),
  });
}

/** Added and taken away again, a logit may lose its last bit. */
const rounded = (row: number[]) => row.map((v) => v.toFixed(5));

export function describeShuffledTeacher(backend: BackendName) {
  describeOn(backend, 'shuffledTeacher', () => {
    it("keeps the gold word's logit and the multiset of each row, and moves the others", async () => {
      const rows = (await shuffled(order).array()) as number[][];
      let moved = 0;
      rows.forEach((row, n) => {
        const before = [...values.slice(n * V, (n + 1) * V)];
        expect(row[gold[n]]).toBeCloseTo(before[gold[n]], 5);
        expect(rounded(row).sort()).toEqual(rounded(before).sort());
        moved += row.filter((v, j) => Math.abs(v - before[j]) > 1e-4).length;
      });
      expect(moved).toBeGreaterThan((N * V) / 2);
    });

    it('keeps the entropy of the soft targets', async () => {
      const negativeEntropy = (logits: tf.Tensor2D) => {
        const log = tf.logSoftmax(logits.div(2));
        return log.exp().mul(log).sum(-1).data();
      };
      closeTo(await negativeEntropy(shuffled(order)), await negativeEntropy(tf.tensor2d(values, [N, V])));
    });

    it('changes nothing where the permutation moves nothing', async () => {
      const identity = Int32Array.from({ length: V }, (_, i) => i);
      closeTo(await shuffled(identity).data(), values, 1e-7);
    });
  });
}
