import { marginOf, sampleOf } from './studentT';

export interface Mean {
  /** Null without values, and where one of them is no finite number. */
  mean: number | null;
  /** The two-sided 95 % interval; null where there is no spread to take it from: one value, or all the same. */
  low: number | null;
  high: number | null;
  n: number;
}

/** The mean of one figure over seeds, with its interval by Student's t. */
export function meanOf(values: readonly number[]): Mean {
  const sample = sampleOf(values);
  const n = values.length;
  if (sample === null) return { mean: null, low: null, high: null, n };
  const { mean, error } = sample;
  if (error === null) return { mean, low: null, high: null, n };
  const margin = marginOf(error, n, 0.05);
  return { mean, low: mean - margin, high: mean + margin, n };
}
