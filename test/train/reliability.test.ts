import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../src/data/random';
import { ladderSteps, logSumAt, logSums, logTemperature, stepOfOne } from '../../src/train/logSums';
import { binCount, type Place, reliability, TemperatureFit } from '../../src/train/reliability';
import cases from '../golden/calibration.json';
import { closeTo } from '../support/closeTo';

function placeOf(logits: readonly number[], label: number): Place {
  const sums = new Float64Array(2 * ladderSteps);
  const largest = logSums(logits, sums);
  return { sums, gold: logits[label] - largest, right: logits.indexOf(largest) === label };
}

const fitted = (places: readonly Place[]) => {
  const fit = new TemperatureFit();
  for (const place of places) fit.add(place);
  return fit.best();
};

const logSumExp = (logits: readonly number[], T: number) => {
  const largest = Math.max(...logits);
  return Math.log(logits.reduce((sum, z) => sum + Math.exp((z - largest) / T), 0));
};

/** Rows of logits whose labels are drawn from their own softmax: a model that is calibrated perfectly. */
function honest(count: number, classes: number, seed: number, spread = 2) {
  const random = randomStream(seed, 0, 'honest rows');
  return Array.from({ length: count }, () => {
    const logits = Array.from({ length: classes }, () => spread * random.normal());
    const total = Math.exp(logSumExp(logits, 1)) * Math.exp(Math.max(...logits));
    let left = random.next() * total;
    let label = 0;
    while (label < classes - 1 && left > Math.exp(logits[label])) {
      left -= Math.exp(logits[label]);
      label += 1;
    }
    return { logits, label };
  });
}

describe('the log of the sum over temperatures', () => {
  it('is exact at the steps, T = 1 among them, and off by less than 1e-5 between them', () => {
    expect(logTemperature(stepOfOne)).toBe(0);
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -40, max: 40, noNaN: true }), { minLength: 2, maxLength: 30 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: ladderSteps - 1 }),
        (logits, share, step) => {
          const sums = new Float64Array(2 * ladderSteps);
          expect(logSums(logits, sums)).toBe(Math.max(...logits));
          const T = Math.exp(logTemperature(step));
          closeTo([logSumAt(sums, Math.log(T))], [logSumExp(logits, T)], 1e-9);
          const logT = logTemperature(0) + share * (logTemperature(ladderSteps - 1) - logTemperature(0));
          expect(Math.abs(logSumAt(sums, logT) - logSumExp(logits, Math.exp(logT)))).toBeLessThan(1e-4);
        },
      ),
    );
    for (const { logits } of honest(200, 12, 4)) {
      const sums = new Float64Array(2 * ladderSteps);
      logSums(logits, sums);
      for (const T of [0.3, 0.77, 1.1, 2.9]) {
        expect(Math.abs(logSumAt(sums, Math.log(T)) - logSumExp(logits, T))).toBeLessThan(1e-6);
      }
    }
  });
});

describe('calibration', () => {
  it.each(cases.map((one, i) => [i, one] as const))("is NumPy's and SciPy's, case %i", (_, one) => {
    const places = one.logits.map((row, i) => placeOf(row, one.labels[i]));
    const { temperature, atEnd } = fitted(places);
    closeTo([temperature], [one.temperature], 1e-4);
    expect(atEnd).toBe(false);
    for (const [expected, T] of [
      [one.asItIs, 1],
      [one.atBest, one.temperature],
    ] as const) {
      const found = reliability(places, T);
      expect(found.bins.map(({ count }) => count)).toEqual(expected.counts);
      closeTo(
        found.bins.map(({ confidence }) => confidence),
        expected.confidence,
        1e-5,
      );
      closeTo(
        found.bins.map(({ accuracy }) => accuracy),
        expected.accuracy,
        1e-9,
      );
      closeTo([found.error, found.loss], [expected.error, expected.loss], 1e-5);
      closeTo([found.bins[3].low, found.bins[3].high], [3 / binCount, 4 / binCount]);
    }
  });

  it('of a model that is calibrated perfectly is as far off as chance says, and less with more places', () => {
    for (const seed of [1, 2, 3]) {
      const places = honest(6000, 8, seed).map(({ logits, label }) => placeOf(logits, label));
      const few = reliability(places.slice(0, 200), 1);
      const many = reliability(places, 1);
      expect(many.error).toBeLessThan(0.025);
      expect(many.error).toBeLessThan(2.5 * many.byChance);
      expect(many.error).toBeGreaterThan(many.byChance / 2.5);
      expect(few.byChance).toBeGreaterThan(3 * many.byChance);
      expect(fitted(places).temperature).toBeCloseTo(1, 1);
    }
  });

  it('finds the T by which the logits of a calibrated model were divided, or multiplied', () => {
    const rows = honest(4000, 6, 9);
    const own = fitted(rows.map(({ logits, label }) => placeOf(logits, label))).temperature;
    fc.assert(
      fc.property(fc.double({ min: -1.6, max: 1.8, noNaN: true }), (logFactor) => {
        const factor = Math.exp(logFactor);
        const places = rows.map(({ logits, label }) =>
          placeOf(
            logits.map((z) => z * factor),
            label,
          ),
        );
        closeTo([fitted(places).temperature], [own * factor], 1e-3);
      }),
      { numRuns: 12 },
    );
  });

  it('says where the best T may lie beyond what is searched', () => {
    const random = randomStream(1, 0, 'no idea');
    const always = Array.from({ length: 50 }, () => placeOf([3, random.normal(), 0], 0));
    expect(fitted(always)).toMatchObject({ atEnd: true, temperature: expect.closeTo(1 / 8, 4) });
    const never = Array.from({ length: 50 }, () => placeOf([3, random.normal(), 0], 2));
    expect(fitted(never)).toMatchObject({ atEnd: true, temperature: expect.closeTo(16, 2) });
  });

  it('puts a certain guess into the last bin, an even one into its own, and says nothing of no places', () => {
    const [certain, even] = [placeOf([100, 0], 0), placeOf([1, 1], 1)];
    const { bins } = reliability([certain, even], 1);
    expect(bins.map(({ count }) => count).flatMap((count, b) => (count > 0 ? [b] : []))).toEqual([7, 14]);
    expect(bins[14]).toMatchObject({ confidence: 1, accuracy: 1 });
    expect(bins[7]).toMatchObject({ confidence: expect.closeTo(0.5), accuracy: 0 });
    expect(reliability([], 1)).toMatchObject({ error: 0, byChance: 0, loss: 0 });
  });
});
