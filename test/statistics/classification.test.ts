import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  accuracy,
  confusionOf,
  figureOf,
  macroF1,
  matthews,
  standardError,
} from '../../src/statistics/classification';

const rows = fc.integer({ min: 2, max: 5 }).chain((labels) =>
  fc.record({
    labels: fc.constant(labels),
    pairs: fc.array(fc.tuple(fc.nat(labels - 1), fc.nat(labels - 1)), { minLength: 1, maxLength: 60 }),
  }),
);
const matrix = ({ labels, pairs }: { labels: number; pairs: [number, number][] }) =>
  confusionOf(
    pairs.map(([gold]) => gold),
    pairs.map(([, predicted]) => predicted),
    labels,
  );
const mean = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** The definition: covariances of the indicators of the labels, summed over labels. */
function correlation(labels: number, pairs: [number, number][]): number {
  const indicators = (at: 0 | 1, k: number) => pairs.map((pair) => (pair[at] === k ? 1 : 0));
  const covariance = (one: 0 | 1, other: 0 | 1) => {
    let sum = 0;
    for (let k = 0; k < labels; k++) {
      const [x, y] = [indicators(one, k), indicators(other, k)];
      sum += mean(x.map((value, i) => (value - mean(x)) * (y[i] - mean(y))));
    }
    return sum;
  };
  const spread = Math.sqrt(covariance(0, 0) * covariance(1, 1));
  return spread < 1e-9 ? 0 : covariance(0, 1) / spread;
}

describe('matthews', () => {
  it('is the known formula for two labels', () => {
    const [tn, fp, fn, tp] = [50, 10, 5, 35];
    const expected = (tp * tn - fp * fn) / Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn));
    expect(
      matthews([
        [tn, fp],
        [fn, tp],
      ]),
    ).toBeCloseTo(expected, 12);
  });

  test('is the correlation of indicators for any number', () => {
    fc.assert(
      fc.property(rows, (drawn) => {
        expect(matthews(matrix(drawn))).toBeCloseTo(correlation(drawn.labels, drawn.pairs), 9);
      }),
    );
  });

  it('is 0 for one label always', () => {
    expect(
      matthews([
        [90, 0],
        [10, 0],
      ]),
    ).toBe(0);
    expect(
      accuracy([
        [90, 0],
        [10, 0],
      ]),
    ).toBe(0.9);
    expect(
      macroF1([
        [90, 0],
        [10, 0],
      ]),
    ).toBeCloseTo((2 * 90) / 190 / 2, 12);
  });
});

test('macro F1 is the harmonic mean of precision and recall, averaged', () => {
  fc.assert(
    fc.property(rows, (drawn) => {
      const { labels, pairs } = drawn;
      const each: number[] = [];
      for (let k = 0; k < labels; k++) {
        const hits = pairs.filter(([gold, predicted]) => gold === k && predicted === k).length;
        const golds = pairs.filter(([gold]) => gold === k).length;
        const predictions = pairs.filter(([, predicted]) => predicted === k).length;
        if (golds + predictions === 0) continue;
        const [precision, recall] = [hits / Math.max(1, predictions), hits / Math.max(1, golds)];
        each.push(hits === 0 ? 0 : (2 * precision * recall) / (precision + recall));
      }
      expect(macroF1(matrix(drawn))).toBeCloseTo(mean(each), 12);
    }),
  );
});

test('all right is 1', () => {
  const perfect = confusionOf([0, 1, 2, 2], [0, 1, 2, 2], 3);
  expect([accuracy(perfect), matthews(perfect), macroF1(perfect)]).toEqual([1, 1, 1]);
});

test('a task is measured by its metric', () => {
  const confusion = [
    [8, 2],
    [1, 1],
  ];
  expect(figureOf('accuracy', confusion)).toBe(0.75);
  expect(figureOf('matthews', confusion)).toBe(matthews(confusion));
  expect(figureOf('f1', confusion)).toBe(macroF1(confusion));
  expect(new Set((['accuracy', 'matthews', 'f1'] as const).map((one) => figureOf(one, confusion))).size).toBe(
    3,
  );
});

describe('the standard error by the jackknife', () => {
  it('is that of a share, with n - 1, where the figure is the accuracy', () => {
    fc.assert(
      fc.property(rows, (given) => {
        fc.pre(given.pairs.length > 1);
        const confusion = matrix(given);
        const p = accuracy(confusion);
        const expected = Math.sqrt((p * (1 - p)) / (given.pairs.length - 1));
        expect(standardError(accuracy, confusion)).toBeCloseTo(expected, 9);
      }),
    );
  });

  it('is about how far the figure of another sample lies', () => {
    // Matthews' correlation of two labels whose rates are known, over samples of 400 rows.
    const shares = [0.35, 0.15, 0.1, 0.4];
    let seed = 1;
    const next = () => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed / 2147483648;
    };
    const sample = () => {
      const counts = [0, 0, 0, 0];
      for (let i = 0; i < 400; i++) {
        let at = next();
        let cell = 0;
        while (cell < 3 && at >= shares[cell]) at -= shares[cell++];
        counts[cell] += 1;
      }
      return [counts.slice(0, 2), counts.slice(2)];
    };
    const samples = Array.from({ length: 300 }, sample);
    const figures = samples.map((confusion) => matthews(confusion));
    const spread = Math.sqrt(mean(figures.map((value) => (value - mean(figures)) ** 2)));
    const told = mean(samples.map((confusion) => standardError(matthews, confusion)));
    expect(told / spread).toBeGreaterThan(0.85);
    expect(told / spread).toBeLessThan(1.15);
  });

  it('is 0 where there is one row, or none', () => {
    expect(
      standardError(accuracy, [
        [1, 0],
        [0, 0],
      ]),
    ).toBe(0);
    expect(
      standardError(macroF1, [
        [0, 0],
        [0, 0],
      ]),
    ).toBe(0);
  });
});
