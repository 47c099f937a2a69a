import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { keptDirections, largest, principalDirections, sampleSequences } from '../../src/model/directions';
import { bundledTeacher } from '../support/bundledTeacher';
import { normals } from '../support/numbers';

const { weights, shape } = bundledTeacher('stories-4x32');
const d = shape.hiddenSize;

/** Of states without a mean over their features, along few directions more than along others. */
function covariance(size: number, count = 50): Matrix {
  const states = Matrix.from1DArray(count, size, normals(count * size, 'states'));
  for (let j = 0; j < size; j++) states.mulColumn(j, 1 / (1 + j));
  states.subColumnVector(states.mean('row'));
  return states.transpose().mmul(states);
}

describe('principalDirections', () => {
  it.each([2, 5, 8])('are orthonormal, and ones go to ones: %i of 8', (width) => {
    const { matrix } = principalDirections(covariance(8), width);
    expect(matrix.transpose().mmul(matrix).sub(Matrix.eye(width)).norm()).toBeLessThan(1e-10);
    const ones = Matrix.ones(1, 8).mmul(matrix);
    expect(ones.sub(Math.sqrt(8 / width)).norm()).toBeLessThan(1e-10);
  });

  it('keep more than the features with the largest variance', () => {
    const states = covariance(8);
    const { kept } = principalDirections(states, 4);
    const [a, b, c] = states.diag().sort((x, y) => y - x);
    expect(kept).toBeGreaterThan((a + b + c) / states.trace());
    expect(kept).toBeLessThan(1);
  });

  it('of all directions are the identity', () => {
    const { matrix, kept } = principalDirections(covariance(8), 8);
    expect(matrix.sub(Matrix.eye(8)).norm()).toBeLessThan(1e-10);
    expect(kept).toBeCloseTo(1, 10);
  });

  it('do with fewer states than directions', () => {
    const { matrix, kept } = principalDirections(covariance(8, 3), 6);
    expect(matrix.transpose().mmul(matrix).sub(Matrix.eye(6)).norm()).toBeLessThan(1e-10);
    expect(kept).toBeCloseTo(1, 10);
  });
});

describe("keptDirections of a bundled teacher's states", () => {
  it('hold most of them in half the width, and more in more', () => {
    const [quarter, half, whole] = [d / 4, d / 2, d].map(
      (width) => keptDirections(weights, shape, width).kept,
    );
    expect(half).toBeGreaterThan(0.7);
    expect(quarter).toBeLessThan(half);
    expect(whole).toBeCloseTo(1, 10);
  });

  it('are the same numbers at every call, also for a copy of the teacher', () => {
    const first = keptDirections(weights, shape, 16);
    expect(keptDirections(weights, shape, 16)).toBe(first);
    const again = keptDirections(new Map(weights), shape, 16);
    expect(again).not.toBe(first);
    expect(again.matrix.to1DArray()).toEqual(first.matrix.to1DArray());
  });

  it('refuse a student that is wider', () => {
    expect(() => keptDirections(weights, shape, d + 1)).toThrow(/33/);
  });
});

it('largest gives places in order, the first of equals', () => {
  expect(largest([3, 9, 9, 1, 9], 2)).toEqual([1, 2]);
  expect(largest([3, 1, 2], 3)).toEqual([0, 1, 2]);
});

describe('sampleSequences', () => {
  it('spread over the whole vocabulary, and fit the positions', () => {
    const short = { ...shape, maxPositions: 8 };
    for (const each of [shape, short]) {
      const drawn = sampleSequences(each);
      expect(drawn).toHaveLength(16);
      const ids = drawn.flat();
      const length = Math.min(32, each.maxPositions);
      expect(ids).toHaveLength(16 * length);
      // No gap is more than a few times the even one.
      const sorted = [0, ...ids.sort((a, b) => a - b), each.vocabularySize];
      const gaps = sorted.slice(1).map((id, i) => id - sorted[i]);
      expect(Math.max(...gaps)).toBeLessThan((4 * each.vocabularySize) / ids.length);
      expect(Math.min(...ids)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...ids)).toBeLessThan(each.vocabularySize);
    }
  });

  it('are fewer for a teacher as large as BERT', () => {
    const base = { ...shape, layers: 12, hiddenSize: 768, intermediateSize: 3072, vocabularySize: 30522 };
    expect(sampleSequences(base)).toHaveLength(4);
    expect(sampleSequences({ ...shape, layers: 4, hiddenSize: 128, intermediateSize: 512 })).toHaveLength(16);
  });
});
