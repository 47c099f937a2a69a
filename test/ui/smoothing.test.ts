import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketMeans, bucketSize, movingAverage } from '../../src/ui/charts/smoothing';

describe('movingAverage', () => {
  it('is the mean of the last entries', () => {
    expect(movingAverage([1, 3, 5, 7], 2)).toEqual([1, 2, 4, 6]);
    expect(movingAverage([1, 3], 1)).toEqual([1, 3]);
  });

  it('starts anew behind a gap', () => {
    expect(movingAverage([8, 2, null, 4, 6], 3)).toEqual([8, 5, null, 4, 5]);
  });

  it('agrees with the plain mean', () => {
    const values = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 50 }), (list, width) => {
        const window = list.slice(-width);
        const mean = window.reduce((sum, value) => sum + value, 0) / window.length;
        expect(movingAverage(list, width).at(-1)).toBeCloseTo(mean, 8);
      }),
    );
  });
});

describe('buckets', () => {
  it('keep to the number of points, in powers of two', () => {
    expect([300, 301, 600, 601].map((count) => bucketSize(count, 300))).toEqual([1, 2, 2, 4]);
  });

  it('are means of the values that are there', () => {
    expect(bucketMeans([1, 3, null, 5, null, null, 7], 2)).toEqual([2, 5, null, 7]);
  });
});
