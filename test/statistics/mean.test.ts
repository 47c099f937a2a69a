import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanOf } from '../../src/statistics/mean';
import { chanceOf, marginOf } from '../../src/statistics/studentT';

// Printed tables of Student's t, two-sided: 5 %, 1 %, 0.1 %.
const table: [degrees: number, ...quantiles: number[]][] = [
  [1, 12.706, 63.657, 636.619],
  [2, 4.303, 9.925, 31.599],
  [3, 3.182, 5.841, 12.924],
  [4, 2.776, 4.604, 8.61],
  [9, 2.262, 3.25, 4.781],
  [19, 2.093, 2.861, 3.883],
  [49, 2.01, 2.68, 3.5],
];

describe('Student’s t', () => {
  it.each(table)('has the quantiles of the tables at %i degrees of freedom', (degrees, ...quantiles) => {
    for (const [i, alpha] of [0.05, 0.01, 0.001].entries()) {
      expect(marginOf(1, degrees + 1, alpha)).toBeCloseTo(quantiles[i], 3);
      expect(chanceOf(quantiles[i], 1, degrees + 1) / alpha).toBeCloseTo(1, 2);
    }
  });

  it('agrees with its closed forms at 1 and 2 degrees of freedom', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), (t) => {
        expect(chanceOf(t, 1, 2)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 7);
        expect(chanceOf(-t, 1, 3)).toBeCloseTo(1 - t / Math.sqrt(t * t + 2), 7);
        const alpha = chanceOf(t, 1, 3);
        expect(marginOf(1, 3, alpha) / t).toBeCloseTo(1, 6);
      }),
      { seed: 1 },
    );
  });

  it('scales with the standard error', () => {
    expect(marginOf(0.5, 5, 0.05)).toBeCloseTo(2.7764451 / 2, 6);
    expect(chanceOf(1, 0.5, 5)).toBeCloseTo(chanceOf(2, 1, 5), 12);
  });
});

describe('meanOf', () => {
  it('gives the 95 % interval, worked out by hand', () => {
    // Mean 4, deviation 2, error 2 / √3, 4.302653 of them.
    const { mean, low, high, n } = meanOf([2, 4, 6]);
    expect({ mean, n }).toEqual({ mean: 4, n: 3 });
    expect(low).toBeCloseTo(4 - (4.302653 * 2) / Math.sqrt(3), 6);
    expect(high).toBeCloseTo(4 + (4.302653 * 2) / Math.sqrt(3), 6);
  });

  it.each([
    ['no value', [], null],
    ['one value', [0.4], 0.4],
    ['values that are all the same', [0.4, 0.4, 0.4], expect.closeTo(0.4, 12)],
    ['a value that is no number', [0.4, Number.NaN, 0.5], null],
    ['an infinite value', [0.4, Number.POSITIVE_INFINITY], null],
  ])('has no interval for %s', (_, values, mean) => {
    expect(meanOf(values)).toEqual({ mean, low: null, high: null, n: values.length });
  });

  it('moves with its values and never hides an interval because they are large', () => {
    const values = [0.31, 0.33, 0.36, 0.3];
    const { low, high } = meanOf(values);
    const moved = meanOf(values.map((value) => 1000 * value + 5));
    expect(moved.low).toBeCloseTo(1000 * low! + 5, 8);
    expect(moved.high).toBeCloseTo(1000 * high! + 5, 8);
  });
});
