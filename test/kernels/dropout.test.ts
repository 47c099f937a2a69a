import { describe, expect, it } from 'vitest';
import { testBackends } from '../support/backends';
import { describeDropout, factorsOf } from './describeDropout';

for (const backend of testBackends) describeDropout(backend);

describe('the draws of dropout', () => {
  const count = 1 << 16;

  it.each([0.1, 0.25, 0.5, 0.9])('drop a share of %f, and keep the mean', (rate) => {
    for (const [seed, place] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [123456789, 7],
    ]) {
      const factors = factorsOf(seed, place, rate, count);
      const dropped = factors.filter((f) => f === 0).length;
      const error = Math.sqrt(rate * (1 - rate) * count);
      expect(Math.abs(dropped - rate * count)).toBeLessThan(4 * error);
      expect(new Set(factors)).toEqual(new Set([0, 1 / (1 - rate)]));
    }
  });

  /** Of two rows of draws that know nothing of each other: about normal with deviation 1. */
  const correlation = (a: Float64Array, b: Float64Array) =>
    a.reduce((sum, f, i) => sum + (f - 1) * (b[i] - 1), 0) / Math.sqrt(count);

  it('know nothing of each other: neighbours, rows, steps, places', () => {
    const rate = 0.5;
    const draws = factorsOf(5, 0, rate, count + 128);
    const own = draws.subarray(0, count);
    for (const lag of [1, 2, 3, 4, 8, 16, 32, 64, 128]) {
      expect(Math.abs(correlation(own, draws.subarray(lag, count + lag))), `lag ${lag}`).toBeLessThan(4);
    }
    for (let other = 1; other <= 20; other++) {
      expect(Math.abs(correlation(own, factorsOf(5 + other, 0, rate, count))), 'seed').toBeLessThan(4);
      expect(Math.abs(correlation(own, factorsOf(5, other, rate, count))), 'place').toBeLessThan(4);
      // A seed and a place that lie as far apart the other way round.
      expect(Math.abs(correlation(own, factorsOf(5 - other, other, rate, count))), 'both').toBeLessThan(4);
    }
  });

  it('come in runs as long as chance has them', () => {
    const draws = factorsOf(9, 2, 0.5, count);
    const counts = new Float64Array(16);
    for (let i = 0; i + 4 <= count; i += 4) {
      counts[draws.subarray(i, i + 4).reduce((bits, f) => 2 * bits + (f > 0 ? 1 : 0), 0)] += 1;
    }
    const expected = count / 4 / 16;
    const chiSquared = counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    // 15 degrees of freedom: above this once in a thousand times.
    expect(chiSquared).toBeLessThan(37.7);
  });
});
