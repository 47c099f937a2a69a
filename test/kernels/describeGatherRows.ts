import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { disposeRowIndex, fillRowIndex, gatherRows, rowIndex } from '../../src/kernels/gatherRows/gatherRows';
import { segmentSumKernel } from '../../src/kernels/gatherRows/kernel';
import { closeTo } from '../support/closeTo';
import { normals } from '../support/numbers';
import { checkKernel, noise } from './checkKernel';
import { describeKernels } from './describeKernels';
import { indexOf, repeatingIds } from './inputs';

/** Sizes that fill no workgroup, ids that repeat, and rows (2, 5 of the first) that nobody reads. */
const cases = [
  { rows: 7, d: 3, ids: [6, 0, 0, 3, 1, 0, 4] },
  { rows: 5, d: 1, ids: [4] },
  { rows: 1, d: 65, ids: [0, 0, 0] },
  { rows: 67, d: 5, ids: Array.from({ length: 131 }, (_, i) => (i * i) % 67) },
];

export function describeGatherRows(backend: BackendName) {
  describeKernels(backend, 'gatherRows', () => {
    it.each([
      [7, 11, 24],
      [128, 5, 312],
      [231, 67, 64],
      [600, 2, 7],
      [33, 30522, 4],
    ])('sums %i values into %i rows of %i as its reference', async (N, rows, d) => {
      const inputs = { values: noise([N, d], 1), ...indexOf(repeatingIds(N, rows), rows) };
      await checkKernel(segmentSumKernel, inputs, {});
    });

    for (const { rows, d, ids } of cases) {
      const table = normals(rows * d, 'table');
      const dy = normals(ids.length * d, 'dy');

      it(`reads ${ids.length} of ${rows} rows of ${d} and sums their gradients`, async () => {
        const index = rowIndex(Int32Array.from(ids), rows);
        const { value, grad } = tf.valueAndGrad((x) => gatherRows(x as tf.Tensor2D, index))(
          tf.tensor2d(table, [rows, d]),
          tf.tensor2d(dy, [ids.length, d]),
        );
        expect(value.shape).toEqual([ids.length, d]);
        expect([...(await value.data())]).toEqual(ids.flatMap((id) => [...table.slice(id * d, id * d + d)]));

        const expected = new Float64Array(rows * d);
        ids.forEach((id, n) => {
          for (let j = 0; j < d; j++) expected[id * d + j] += dy[n * d + j];
        });
        expect(grad.shape).toEqual([rows, d]);
        closeTo(await grad.data(), expected, 1e-6);
        tf.dispose([value, grad]);
        disposeRowIndex(index);
      });
    }

    it('gives rows that nobody reads a gradient of exactly 0', async () => {
      const index = rowIndex(Int32Array.of(1, 1), 4);
      const gradient = tf.grad((x) => gatherRows(x as tf.Tensor2D, index))(tf.ones([4, 2]));
      expect([...(await gradient.data())]).toEqual([0, 0, 2, 2, 0, 0, 0, 0]);
    });

    it('gives rows nothing of positions that do not count, though these read them', async () => {
      const ids = Int32Array.of(0, 2, 0, 2, 1);
      const [order, offsets] = [new Int32Array(5).fill(9), new Int32Array(4).fill(9)];
      fillRowIndex(ids, order, offsets, [1, 0, 0, 1, 0]);
      expect([...order]).toEqual([0, 3, 0, 0, 0]);
      expect([...offsets]).toEqual([0, 1, 1, 2]);
      const index = {
        ids: tf.tensor1d(ids, 'int32'),
        order: tf.tensor1d(order, 'int32'),
        offsets: tf.tensor1d(offsets, 'int32'),
      };
      const { value, grad } = tf.valueAndGrad((x) => gatherRows(x as tf.Tensor2D, index))(
        tf.tensor2d([10, 20, 30], [3, 1]),
        tf.tensor2d([1, 2, 4, 8, 16], [5, 1]),
      );
      expect([...(await value.data())]).toEqual([10, 30, 10, 30, 20]);
      expect([...(await grad.data())]).toEqual([1, 0, 8]);
    });

    it('gives the same bits every time', async () => {
      const ids = Int32Array.from({ length: 500 }, (_, i) => i % 3);
      const index = rowIndex(ids, 3);
      const dy = tf.tensor2d(normals(500 * 9, 'many'), [500, 9]);
      const table = tf.zeros<tf.Rank.R2>([3, 9]);
      const run = () =>
        tf
          .grad((x) => gatherRows(x as tf.Tensor2D, index))(table, dy)
          .data();
      expect(await run()).toEqual(await run());
    });

    it('multiplies dy, so that it can be used inside a larger function', async () => {
      const index = rowIndex(Int32Array.of(2, 0), 3);
      const loss = (x: tf.Tensor) =>
        gatherRows(x as tf.Tensor2D, index)
          .square()
          .sum();
      const gradient = tf.grad(loss)(tf.tensor2d([1, 2, 3], [3, 1]));
      expect([...(await gradient.data())]).toEqual([2, 0, 6]);
    });
  });
}
