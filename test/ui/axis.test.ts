import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearTicks, logTicks, roundRange, steadyRange } from '../../src/ui/charts/axis';

describe('roundRange', () => {
  it('ends at round numbers', () => {
    expect(roundRange([0, 4.7], 'linear')).toEqual([0, 5]);
    expect(roundRange([0, 7.62], 'linear')).toEqual([0, 8]);
    expect(roundRange([-2.2, 3.1], 'linear')).toEqual([-4, 4]);
    expect(roundRange([-2.2, 3.1], 'linear', 10)).toEqual([-3, 4]);
    expect(roundRange([0.09, 4.7], 'log')).toEqual([0.05, 5]);
    expect(roundRange([0, 0], 'linear')).toEqual([0, 1]);
  });

  it('holds its extent', () => {
    const positive = fc.double({ min: 1e-4, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(positive, positive, fc.constantFrom('linear' as const, 'log' as const), (a, b, scale) => {
        const [low, high] = roundRange([Math.min(a, b), Math.max(a, b)], scale);
        expect(high).toBeGreaterThanOrEqual(Math.max(a, b) * (1 - 1e-6));
        expect(high).toBeGreaterThan(low);
        if (Math.max(a, b) / Math.min(a, b) < 1e5)
          expect(low).toBeLessThanOrEqual(Math.min(a, b) * (1 + 1e-6));
      }),
    );
  });

  it('spans six decades at most', () => {
    expect(roundRange([1e-30, 8], 'log')[0]).toBe(1e-5);
  });
});

describe('steadyRange', () => {
  it('grows at once and shrinks late', () => {
    expect(steadyRange([0, 4.7], null, 'linear')).toEqual([0, 5]);
    expect(steadyRange([0, 5.2], [0, 5], 'linear')).toEqual([0, 6]);
    expect(steadyRange([0, 3.6], [0, 6], 'linear')).toEqual([0, 6]);
    expect(steadyRange([0, 2.9], [0, 6], 'linear')).toEqual([0, 3]);
  });

  it('keeps a logarithmic range, and leaves a linear one when the scale changes', () => {
    expect(steadyRange([0.3, 4], [0.05, 5], 'log')).toEqual([0.05, 5]);
    expect(steadyRange([0.3, 4], [0, 5], 'log')).toEqual([0.2, 5]);
  });
});

describe('ticks', () => {
  it('are round and lie in the range', () => {
    expect(linearTicks([0, 500])).toEqual([0, 100, 200, 300, 400, 500]);
    expect(linearTicks([0, 0.6])).toEqual([0, 0.2, 0.4, 0.6]);
    expect(linearTicks([-4, 4], 4)).toEqual([-4, -2, 0, 2, 4]);
    expect(logTicks([0.05, 5])).toEqual([0.05, 0.1, 0.2, 0.5, 1, 2, 5]);
    expect(logTicks([0.005, 20])).toEqual([0.01, 0.1, 1, 10]);
  });
});
