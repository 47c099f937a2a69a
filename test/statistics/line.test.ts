import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitLine } from '../../src/statistics/line';

const positive = fc.double({ min: 0.01, max: 50, noNaN: true });
const xs = [1, 2, 4, 8, 16, 32];

describe('a line through times', () => {
  it('gives back the line that points lie on', () => {
    fc.assert(
      fc.property(positive, positive, (fixed, slope) => {
        const line = fitLine(xs.map((x) => ({ x, y: fixed + slope * x })))!;
        expect(line.fixed).toBeCloseTo(fixed, 6);
        expect(line.slope).toBeCloseTo(slope, 6);
        expect(line.misfit).toBeLessThan(1e-6);
      }),
    );
  });

  it('has no smaller squared relative errors nearby, and no part below 0', () => {
    const errors = (points: { x: number; y: number }[], fixed: number, slope: number) =>
      points.reduce((sum, { x, y }) => sum + ((y - fixed - slope * x) / y) ** 2, 0);
    fc.assert(
      fc.property(fc.array(positive, { minLength: 6, maxLength: 6 }), (ys) => {
        const points = xs.map((x, i) => ({ x, y: ys[i] }));
        const { fixed, slope } = fitLine(points)!;
        expect(Math.min(fixed, slope)).toBeGreaterThanOrEqual(0);
        const best = errors(points, fixed, slope);
        for (const [df, ds] of [
          [1e-3, 0],
          [-1e-3, 0],
          [0, 1e-3],
          [0, -1e-3],
        ]) {
          if (fixed + df < 0 || slope + ds < 0) continue;
          expect(errors(points, fixed + df, slope + ds)).toBeGreaterThanOrEqual(best - 1e-12);
        }
      }),
    );
  });

  it('says how far off it is at most, and nothing of one size', () => {
    // NumPy: np.linalg.lstsq of [1/y, x/y] against 1.
    const line = fitLine([
      { x: 1, y: 2 },
      { x: 2, y: 3 },
      { x: 4, y: 7 },
    ])!;
    expect(line.fixed).toBeCloseTo(0.4109589, 6);
    expect(line.slope).toBeCloseTo(1.47945205, 6);
    expect(line.misfit).toBe(
      Math.max(
        ...[
          [1, 2],
          [2, 3],
          [4, 7],
        ].map(([x, y]) => Math.abs(y - line.fixed - line.slope * x) / y),
      ),
    );
    expect(fitLine([{ x: 1, y: 2 }])).toBeNull();
    expect(
      fitLine([
        { x: 1, y: 2 },
        { x: 1, y: 3 },
      ]),
    ).toBeNull();
  });
});
