import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { lowRankProduct } from '../../src/model/lowRank';
import { normals } from '../support/numbers';

const matrix = (rows: number, columns: number, purpose: string) =>
  Matrix.from1DArray(rows, columns, normals(rows * columns, purpose));

describe.each([
  [7, 3, 5],
  [4, 6, 5],
  [3, 3, 9],
])('the product of [%i, %i] and [., %i]', (n, k, m) => {
  const [left, right] = [matrix(n, k, 'left'), matrix(k, m, 'right')];
  const whole = left.mmul(right);

  it('at full rank is the product', () => {
    const rank = Math.min(n, k, m);
    const [a, b] = lowRankProduct(left, right, rank);
    expect([a.rows, a.columns, b.rows, b.columns]).toEqual([n, rank, rank, m]);
    expect(a.mmul(b).sub(whole).norm()).toBeLessThan(1e-12 * whole.norm());
  });

  it('at a lower rank is nearer to it than the rows and columns left after power iteration', () => {
    const [a, b] = lowRankProduct(left, right, 1);
    // The largest singular value on its own: ‖whole v‖ after many steps of v ← wholeᵀ whole v.
    let v = Matrix.ones(m, 1);
    for (let i = 0; i < 2000; i++) {
      v = whole.transpose().mmul(whole.mmul(v));
      v.div(v.norm());
    }
    const value = whole.mmul(v).norm();
    const error = a.mmul(b).sub(whole).norm() ** 2;
    expect(error).toBeCloseTo(whole.norm() ** 2 - value ** 2, 8);
    // Shared out evenly.
    expect(a.norm()).toBeCloseTo(Math.sqrt(value), 8);
    expect(b.norm()).toBeCloseTo(Math.sqrt(value), 8);
  });
});
