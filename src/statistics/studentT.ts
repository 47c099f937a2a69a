/** Student's t: how far the mean of a few values may lie from the truth (Student, The Probable Error of a Mean, 1908). */
import jStat from 'jstat';

/**
 * Below this a spread is rounding, relative to the mean or, for means below 1, absolute: shares and nats that differ by
 * less are the same.
 */
const resolution = 1e-12;

export interface Sample {
  n: number;
  mean: number;
  /** Standard error of the mean, s / sqrt(n) with n - 1 in s; null where the values say nothing of their spread. */
  error: number | null;
}

/**
 * Null without values, and where one is no finite number: what is left without it would be a choice, and mostly the
 * better ones. The spread is unknown of one value, and of several that are all the same: either chance has no part in
 * them, so that they are one value written down several times, or they are too coarse for it to show.
 */
export function sampleOf(values: readonly number[]): Sample | null {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  if (!Number.isFinite(mean)) return null;
  const known = n > 1 && Math.sqrt(variance) > resolution * Math.max(1, Math.abs(mean));
  return { n, mean, error: known ? Math.sqrt(variance / n) : null };
}

/**
 * Half the width of the two-sided interval round the mean that misses the truth in a share `alpha` of samples, 0 to 1,
 * where values scatter normally about it.
 */
export const marginOf = (error: number, n: number, alpha: number): number =>
  jStat.studentt.inv(1 - alpha / 2, n - 1) * error;

/** How probable a mean at least so far from 0 is, on either side, where the truth is 0 (two-sided p-value). */
export const chanceOf = (mean: number, error: number, n: number): number =>
  2 * jStat.studentt.cdf(-Math.abs(mean) / error, n - 1);
