import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { describeOn } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { normals } from '../support/numbers';

interface Product {
  batchA: number[];
  batchB: number[];
}

const [rows, inner, columns] = [3, 5, 7];

/** The index of a batch entry in an operand whose batch may be 1 along an axis, or lack it. */
function entry(position: number[], batch: number[]): number {
  const own = position.slice(position.length - batch.length);
  return batch.reduce((at, size, axis) => at * size + (size === 1 ? 0 : own[axis]), 0);
}

function plainProduct(
  a: Float32Array,
  b: Float32Array,
  { batchA, batchB }: Product,
  [transposeA, transposeB]: boolean[],
) {
  const batch = tf.broadcast_util.assertAndGetBroadcastShape(batchA, batchB);
  const count = batch.reduce((x, y) => x * y, 1);
  const values = new Float64Array(count * rows * columns);
  for (let n = 0; n < count; n++) {
    let rest = n;
    const position = [...batch].reverse().map((size) => {
      const at = rest % size;
      rest = Math.floor(rest / size);
      return at;
    });
    position.reverse();
    const fromA = entry(position, batchA) * rows * inner;
    const fromB = entry(position, batchB) * inner * columns;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        for (let k = 0; k < inner; k++) {
          const x = a[fromA + (transposeA ? k * rows + i : i * inner + k)];
          const y = b[fromB + (transposeB ? j * inner + k : k * columns + j)];
          values[(n * rows + i) * columns + j] += x * y;
        }
      }
    }
  }
  return { shape: [...batch, rows, columns], values };
}

const transpositions = [
  [false, false],
  [false, true],
  [true, false],
  [true, true],
];
const products: Product[] = [
  { batchA: [], batchB: [] },
  { batchA: [4], batchB: [4] },
  { batchA: [2, 3], batchB: [2, 3] },
  { batchA: [1], batchB: [4] },
  { batchA: [2, 3], batchB: [1, 3] },
  { batchA: [2, 3], batchB: [] },
];

function operands({ batchA, batchB }: Product, [transposeA, transposeB]: boolean[]) {
  const shapeA = [...batchA, ...(transposeA ? [inner, rows] : [rows, inner])];
  const shapeB = [...batchB, ...(transposeB ? [columns, inner] : [inner, columns])];
  const a = normals(tf.util.sizeFromShape(shapeA), 'a');
  const b = normals(tf.util.sizeFromShape(shapeB), 'b');
  return { a, b, tensorA: tf.tensor(a, shapeA), tensorB: tf.tensor(b, shapeB) };
}

/** The WASM backend's matrix product is ours. */
export function describeBatchMatMul() {
  describeOn('wasm', 'batchMatMul', () => {
    for (const product of products) {
      it.each(transpositions)(`${JSON.stringify(product)}, transposed %j %j`, async (...transposed) => {
        const { a, b, tensorA, tensorB } = operands(product, transposed);
        const result = tf.matMul(tensorA, tensorB, ...(transposed as [boolean, boolean]));
        const expected = plainProduct(a, b, product, transposed);
        expect(result.shape).toEqual(expected.shape);
        closeTo(await result.data(), expected.values, 1e-5);
      });
    }

    it('keeps nothing but its result', () => {
      const { tensorA, tensorB } = operands(products[1], [true, true]);
      const before = tf.backend().numDataIds();
      const result = tf.matMul(tensorA, tensorB, true, true);
      expect(tf.backend().numDataIds()).toBe(before + 1);
      result.dispose();
      expect(tf.backend().numDataIds()).toBe(before);
      expect(tensorA.dataSync()).toHaveLength(tensorA.size);
    });
  });
}
