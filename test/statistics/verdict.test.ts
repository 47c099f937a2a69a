import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Random, randomStream } from '../../src/data/random';
import { meanOf } from '../../src/statistics/mean';
import { familyError, verdict, verdicts } from '../../src/statistics/verdict';

const draws = 2000;
const higher = { betterIs: 'higher' } as const;
const lower = { betterIs: 'lower' } as const;
const list = (n: number, draw: () => number) => Array.from({ length: n }, draw);
const cantTell = (difference: number | null, n: number) => ({
  verdict: "can't tell",
  difference,
  low: null,
  high: null,
  n,
});

/** How the figures of one arm scatter over seeds. */
const scatters: Record<string, (random: Random) => number> = {
  normally: (random) => random.normal(),
  evenly: (random) => random.next(),
  'with a long tail': (random) => -Math.log(1 - random.next()),
  // Words right of 40: differences are coarse and often equal.
  'in coarse shares': (random) => list(40, () => random.next()).filter((u) => u < 0.4).length / 40,
};

/** The share of draws that sampling moves a true 5 % to at most, in 99 of 100 tests: 2.33 standard errors. */
const fivePercent = 0.05 + 2.33 * Math.sqrt((0.05 * 0.95) / draws);

describe('a verdict', () => {
  it('is that of the paired t-test of Student’s sleep data (1908)', () => {
    // Hours of sleep gained by ten people under two drugs; R's t.test(paired = TRUE): t = -4.0621, df = 9,
    // p = 0.002833, 95 % interval -2.4598858 to -0.7001142.
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
    const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const found = verdict(
      first.map((hours, person) => hours - second[person]),
      higher,
    );
    expect(found).toMatchObject({ verdict: 'worse', n: 10 });
    expect(found.difference).toBeCloseTo(-1.58, 12);
    expect(found.low).toBeCloseTo(-2.4598858, 6);
    expect(found.high).toBeCloseTo(-0.7001142, 6);
  });

  it('turns with the direction', () => {
    const differences = [1, 1.1, 0.9];
    expect(verdict(differences, higher).verdict).toBe('better');
    expect(verdict(differences, lower).verdict).toBe('worse');
    const negative = differences.map((d) => -d);
    expect(verdict(negative, higher).verdict).toBe('worse');
    expect(verdict(negative, lower).verdict).toBe('better');
  });

  it.each([
    ['no seed', [], null],
    ['one seed, however large the difference', [1000], 1000],
    ['seeds that give the same difference', [0.5, 0.5, 0.5], 0.5],
    ['the same difference but for rounding', [0.3 - 0.2, 0.4 - 0.3, 0.7 - 0.6], expect.closeTo(0.1, 12)],
    ['arms that are the same run', [0, 0, 0, 0], 0],
    ['a difference that is no number', [0.5, Number.NaN, 0.6], null],
    ['an infinite difference', [0.5, Number.POSITIVE_INFINITY, 0.6], null],
    ['differences beyond the numbers', [1e308, 1e308, 1e308], null],
  ])('can’t be told from %s', (_, differences, difference) => {
    expect(verdict(differences, higher)).toEqual(cantTell(difference, differences.length));
  });

  it('leaves 0 out of its interval exactly where it takes a side, in a table too', () => {
    const difference = fc.double({ min: -10, max: 10, noNaN: true });
    const comparison = fc.record({
      differences: fc.array(difference, { minLength: 2, maxLength: 8 }),
      betterIs: fc.constantFrom('higher' as const, 'lower' as const),
    });
    // Far from 0 too, or most of them would be undecided.
    const shifted = fc
      .tuple(comparison, fc.constantFrom(0, 20, -100))
      .map(([{ differences, betterIs }, shift]) => ({
        betterIs,
        differences: differences.map((d) => d + shift),
      }));
    const table = fc.array(shifted, { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(table, (comparisons) => {
        for (const [i, { verdict, difference, low, high }] of verdicts(comparisons).entries()) {
          if (low === null || high === null) {
            expect(verdict).toBe("can't tell");
            continue;
          }
          expect(low <= difference! && difference! <= high).toBe(true);
          const up = comparisons[i].betterIs === 'higher' ? 'better' : 'worse';
          const down = up === 'better' ? 'worse' : 'better';
          expect(verdict).toBe(low > 0 ? up : high < 0 ? down : "can't tell");
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('simulated runs whose truth is known', () => {
  const seeds = [2, 3, 5, 10];
  const cases = Object.keys(scatters).flatMap((scatter) => seeds.map((n) => [scatter, n] as const));

  it.each(cases)(
    'take a side in at most 5 % of draws where arms that scatter %s are the same: %i seeds',
    (scatter, n) => {
      const random = randomStream(8, n, `figures ${scatter}`);
      const figure = () => scatters[scatter](random);
      const found = list(draws, () => 0).map(
        () =>
          verdict(
            list(n, () => figure() - figure()),
            higher,
          ).verdict,
      );
      const share = (side: string) => found.filter((verdict) => verdict === side).length / draws;
      expect(share('better')).toBeLessThanOrEqual(0.05);
      expect(share('worse')).toBeLessThanOrEqual(0.05);
      expect(share('better') + share('worse')).toBeLessThanOrEqual(fivePercent);
      // No more cautious than it says, where its assumption holds.
      if (scatter === 'normally') expect(share('better') + share('worse')).toBeGreaterThan(0.038);
    },
  );

  it('hold the truth in 95 of 100 intervals, of a mean and of a difference', () => {
    const random = randomStream(8, 0, 'intervals');
    let ofMeans = 0;
    let ofDifferences = 0;
    for (let i = 0; i < draws; i++) {
      const values = list(4, () => 0.4 + 0.02 * random.normal());
      for (const [{ low, high }, count] of [
        [meanOf(values), () => ofMeans++],
        [verdict(values, lower), () => ofDifferences++],
      ] as const) {
        if (low! <= 0.4 && 0.4 <= high!) count();
      }
    }
    expect(ofMeans / draws).toBeCloseTo(0.95, 1.8);
    expect(ofDifferences).toBe(ofMeans);
  });

  it.each([
    // Power of the two-sided paired t-test at 5 %, from the noncentral t.
    [3, 3, 0.75],
    [5, 2, 0.91],
    [10, 1, 0.8],
  ])('are told apart: %i seeds, a difference of %i deviations, power %f', (n, shift, power) => {
    const random = randomStream(8, n, 'power');
    let better = 0;
    for (let i = 0; i < draws; i++) {
      const { verdict: found } = verdict(
        list(n, () => random.normal() - shift),
        lower,
      );
      expect(found).not.toBe('worse');
      if (found === 'better') better++;
    }
    expect(Math.abs(better / draws - power)).toBeLessThan(0.03);
  });

  // Arms of one table share figures, so that their differences depend on each other.
  it.each([
    ['all arms are the same', [0, 0, 0, 0]],
    ['one arm is truly better', [3, 0, 0, 0]],
    ['two pairs of arms are the same', [9, 9, 0, 0]],
  ])('make at most 5 % of tables false where %s', (_, truth) => {
    const random = randomStream(8, truth[0], `tables of ${truth.length}`);
    const falseTables = { better: 0, any: 0 };
    let truePairs = 0;
    for (let i = 0; i < draws; i++) {
      const arms = truth.map((mean) => list(5, () => mean + random.normal()));
      const pairs = arms.flatMap((arm, a) =>
        arms.slice(a + 1).map((other, b) => ({ arm, other, a, b: a + 1 + b })),
      );
      const found = verdicts(
        pairs.map(({ arm, other }) => ({ ...higher, differences: arm.map((v, seed) => v - other[seed]) })),
      );
      const untrue = found.flatMap(({ verdict }, p) => {
        const { a, b } = pairs[p];
        const right = truth[a] > truth[b] ? 'better' : truth[a] < truth[b] ? 'worse' : "can't tell";
        if (right !== "can't tell" && verdict === right) truePairs++;
        return verdict === "can't tell" || verdict === right ? [] : [verdict];
      });
      if (untrue.includes('better')) falseTables.better++;
      if (untrue.length > 0) falseTables.any++;
    }
    expect(falseTables.better / draws).toBeLessThanOrEqual(familyError);
    expect(falseTables.any / draws).toBeLessThanOrEqual(fivePercent);
    const truths = truth.flatMap((one, a) => truth.slice(a + 1).filter((other) => other !== one)).length;
    if (truths > 0) expect(truePairs / (draws * truths)).toBeGreaterThan(0.2);
  });

  it('take a side more often where seeds are added until one is taken, as the page says', () => {
    const random = randomStream(8, 0, 'added seeds');
    const runs = Array.from({ length: draws }, () => list(10, () => random.normal()));
    const taken = runs.filter((differences) =>
      [3, 5, 10].some((seeds) => verdict(differences.slice(0, seeds), higher).verdict !== "can't tell"),
    );
    expect(taken.length / draws).toBeCloseTo(0.12, 1.7);
  });

  it('would be false in more tables without the correction', () => {
    const random = randomStream(8, 0, 'uncorrected');
    let falseTables = 0;
    for (let i = 0; i < draws; i++) {
      const single = list(6, () => 0).map(
        () =>
          verdict(
            list(5, () => random.normal()),
            higher,
          ).verdict,
      );
      if (single.some((found) => found !== "can't tell")) falseTables++;
    }
    expect(falseTables / draws).toBeGreaterThan(0.2);
  });
});

describe('the procedure of Holm', () => {
  /** Three differences round 1 whose t is the given one: their deviation is √3 / t. */
  const withT = (t: number) => [1, 1 + Math.sqrt(3) / t, 1 - Math.sqrt(3) / t];
  const sides = (...ts: number[]) =>
    verdicts(ts.map((t) => ({ ...higher, differences: withT(t) }))).map(({ verdict }) => verdict);

  // With 2 degrees of freedom p = 1 - t / sqrt(t² + 2): 5 % at 4.3027, 2.5 % at 6.2053, 1.667 % at 7.6488.
  it('tests the clearest at 5 % / m, the next at 5 % / (m - 1)', () => {
    expect(sides(4.31)).toEqual(['better']);
    expect(sides(4.29)).toEqual(["can't tell"]);
    expect(sides(4.31, 6.21)).toEqual(['better', 'better']);
    expect(sides(4.31, 6.2)).toEqual(["can't tell", "can't tell"]);
    expect(sides(6.21, 7.66, 4.31)).toEqual(['better', 'better', 'better']);
    expect(sides(6.2, 7.66, 4.31)).toEqual(["can't tell", 'better', "can't tell"]);
  });

  it('counts what can’t be tested', () => {
    const untestable = { ...higher, differences: [2, 2, 2] };
    const [found] = verdicts([{ ...higher, differences: withT(6) }, untestable]);
    expect(found.verdict).toBe("can't tell");
  });

  it('gives the interval of the test that was made', () => {
    const [first, second] = verdicts([7, 1].map((t) => ({ ...higher, differences: withT(t) })));
    expect(first.high! - 1).toBeCloseTo(6.205347 / 7, 6);
    expect(second.high! - 1).toBeCloseTo(4.302653 / 1, 6);
  });
});
