/**
 * Whether one arm is better than another, from differences of a figure that are paired by seed: runs of one seed see the
 * same batches and masks, so that most of what chance does cancels in their difference.
 *
 * The test is the paired t-test, two-sided. It needs differences that are independent, as those of different seeds are, and
 * that scatter about one value; where two arms are in truth the same, the difference is as likely to be d as -d. Of
 * several verdicts in one table each has its chance to be wrong, so that the family's is held instead, by the step-down
 * procedure of Holm (A Simple Sequentially Rejective Multiple Test Procedure, 1979): the clearest of m differences is tested
 * at 5 % / m, the next at 5 % / (m - 1), and so on until one fails, and with it all that are less clear. Whatever
 * depends on what among the figures, a false "better" or "worse" stands in at most 5 % of tables.
 *
 * That holds for a number of seeds that the figures have no say in. Looked at after 3, 5 and 10 seeds until a side is taken,
 * arms that are the same differ in 12 % of cases.
 */
import { chanceOf, marginOf, sampleOf } from './studentT';

/** The most tables that may hold a false "better" or "worse". */
export const familyError = 0.05;

export interface Direction {
  betterIs: 'higher' | 'lower';
}

export interface Comparison extends Direction {
  /** One arm's figure less the other's, one for each seed. */
  differences: readonly number[];
}

export interface Verdict {
  verdict: 'better' | 'worse' | "can't tell";
  /** The mean difference; null without seeds, and where a difference is no finite number. */
  difference: number | null;
  /**
   * The interval at the level of its test: 95 % for a single verdict, more for one of several. It leaves 0 out exactly
   * where the verdict is "better" or "worse". Null where nothing can be tested.
   */
  low: number | null;
  high: number | null;
  n: number;
}

/**
 * The verdicts of one table, in the order of `comparisons`. "can't tell" of fewer than two seeds, of differences that
 * are not all finite, and of those that are all the same, whatever they are: they say nothing of what chance does.
 */
export function verdicts(comparisons: readonly Comparison[]): Verdict[] {
  const found: Verdict[] = comparisons.map(({ differences }) => ({
    verdict: "can't tell",
    difference: sampleOf(differences)?.mean ?? null,
    low: null,
    high: null,
    n: differences.length,
  }));
  const clearestFirst = comparisons
    .flatMap(({ differences, betterIs }, index) => {
      const sample = sampleOf(differences);
      if (sample === null || sample.error === null) return [];
      const { mean, error, n } = sample;
      return [{ index, betterIs, mean, error, n, chance: chanceOf(mean, error, n) }];
    })
    .sort((a, b) => a.chance - b.chance);

  // What can't be tested counts among the m: leaving it out would let the figures choose the level.
  let left = comparisons.length;
  for (const { index, betterIs, mean, error, n } of clearestFirst) {
    const margin = marginOf(error, n, familyError / left);
    const clear = Math.abs(mean) > margin;
    if (clear) found[index].verdict = mean > 0 === (betterIs === 'higher') ? 'better' : 'worse';
    found[index].low = mean - margin;
    found[index].high = mean + margin;
    // After the first that fails the level stays, so that no interval says more than its verdict.
    if (clear) left -= 1;
  }
  return found;
}

/** The verdict on a single comparison. */
export const verdict = (differences: readonly number[], { betterIs }: Direction): Verdict =>
  verdicts([{ differences, betterIs }])[0];
