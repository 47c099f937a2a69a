import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearScale, logScale, placeIn, steady } from '../../src/ui/charts/verticalScale';

describe('a linear scale', () => {
  it.each([
    [1, [0, 0.5, 1]],
    [7.62, [0, 2, 4, 6, 8]],
    [0.03, [0, 0.01, 0.02, 0.03]],
    [4, [0, 1, 2, 3, 4]],
  ])('up to %s has the ticks %s', (max, ticks) => {
    expect(linearScale(max)).toEqual({ log: false, low: 0, high: ticks[ticks.length - 1], ticks });
  });

  it('holds what it is made for, in two to five parts', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (max) => {
        const { high, ticks } = linearScale(max);
        expect(high).toBeGreaterThanOrEqual(max * (1 - 1e-9));
        expect(high).toBeLessThanOrEqual(2.01 * max);
        expect(ticks.length).toBeGreaterThanOrEqual(3);
        expect(ticks.length).toBeLessThanOrEqual(6);
      }),
    );
  });

  it('is there where all is 0, and where nothing is known', () => {
    expect(linearScale(0).high).toBeGreaterThan(0);
    expect(linearScale(Number.NEGATIVE_INFINITY).high).toBeGreaterThan(0);
    expect(linearScale(Number.NaN).high).toBeGreaterThan(0);
  });
});

describe('a logarithmic scale', () => {
  it('has whole decades, ten at most', () => {
    expect(logScale(0.02, 3).ticks).toEqual([0.01, 0.1, 1, 10]);
    expect(logScale(1, 1).ticks).toEqual([0.1, 1]);
    expect(logScale(1e-5, 1).ticks).toHaveLength(6);
    expect(logScale(1e-14, 1).ticks).toHaveLength(11);
  });
});

describe('places', () => {
  it('run from the lower to the upper end, and a little beyond', () => {
    const scale = linearScale(4);
    expect([-99, -1, 0, 1, 4, 6, 99].map((value) => placeIn(scale, value))).toEqual([
      -1, -0.25, 0, 0.25, 1, 1.5, 2,
    ]);
    const log = logScale(0.01, 1);
    expect([0.01, 0.1, 1].map((value) => placeIn(log, value))).toEqual([0, 0.5, 1]);
    expect([0, -1, Number.NaN].map((value) => placeIn(log, value))).toEqual([-1, -1, -1]);
  });

  it('keep still until much less is needed', () => {
    const before = linearScale(10);
    expect(steady(linearScale(8), before)).toBe(before);
    expect(steady(linearScale(3), before)).toEqual(linearScale(3));
    expect(steady(linearScale(12), before)).toEqual(linearScale(12));
    expect(steady(logScale(0.1, 1), before)).toEqual(logScale(0.1, 1));
  });
});
