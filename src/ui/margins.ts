/**
 * How far a figure of a sample of masked words may lie from that of all text like it: margins that hold in 95 of 100
 * samples. Two models are compared on the same words. How often both are right on one word is not measured; it is
 * bounded by what is: two models that learn from one text or teacher are right together at least as often as by chance,
 * and wherever both give the teacher's answer they are right or wrong together. The margins hold at that bound and
 * are too wide rather than too narrow.
 */

/** Below this many masked words, or this many that the teacher has right, nothing is said of shares. */
export const fewestWords = 100;
const fewestRight = 15;

/**
 * Standard errors of a difference in a margin, by how many models are compared with each other, 2 to 6: Tukey's range at
 * 95 % for many values, over the root of 2. The best of several is the best by luck more often than one of two.
 */
const quantiles = [1.96, 2.343, 2.569, 2.728, 2.85];
const quantile = (models = 2) => quantiles[Math.min(Math.max(models, 2), quantiles.length + 1) - 2];

/** Margin of a share (0 to 1) of `words`, after Agresti and Coull (1998): two right and two wrong words are added. */
export function shareMargin(share: number, words: number): number {
  const count = words + 4;
  const centre = (share * words + 2) / count;
  return quantile() * Math.sqrt((centre * (1 - centre)) / count);
}

/** Margin of a figure by its standard error. */
export const marginOf = (standardError: number): number => quantile() * standardError;

/** What two models have right on the same words. */
export interface RightPair {
  /** Shares of the words that each has right, 0 to 1. */
  first: number;
  second: number;
  /** Most of the words, 0 to 1, on which their answers can differ; 1 where nothing is known. */
  apart: number;
  words: number;
}

/** Least share of the words on which both are right. */
function leastTogether({ first, second, apart }: RightPair): number {
  // Where one is right and the other wrong their answers differ: first + second - 2 together <= apart.
  return Math.min(first, second, Math.max(first * second, (first + second - apart) / 2));
}

/** Margin of the difference first − second, as a share, where `models` are compared with each other. */
export function differenceMargin(pair: RightPair, models?: number): number {
  const { first, second, words } = pair;
  const oneRight = first + second - 2 * leastTogether(pair);
  const variance = Math.max(0, oneRight - (first - second) ** 2);
  // As with a share: of few words that are alike nothing follows for certain.
  const least = 2 / words;
  return quantile(models) * Math.sqrt(Math.max(variance, least) / words);
}

/** The ratio first / second with its margin, or null where there are too few words to say. */
export function ratioWithMargin(pair: RightPair): { ratio: number; margin: number } | null {
  const { first, second, words } = pair;
  if (!(words >= fewestWords) || !(second * words >= fewestRight)) return null;
  const ratio = first / second;
  const together = leastTogether(pair);
  // Variance over the words of right₁ - ratio · right₂, whose mean is 0.
  const variance =
    together * (1 - ratio) ** 2 + (first - together) + ratio ** 2 * Math.max(0, second - together);
  const least = 2 / words;
  return { ratio, margin: (quantile() * Math.sqrt(Math.max(variance, least) / words)) / second };
}

/** Margin of the difference of two means on the same words, from their standard errors; null where one is unknown. */
export function meansMargin(
  first: number | null | undefined,
  second: number | null | undefined,
  models?: number,
): number | null {
  if (first == null || second == null) return null;
  return quantile(models) * Math.hypot(first, second);
}
