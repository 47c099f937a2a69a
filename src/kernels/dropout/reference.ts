/** The definition of inverted dropout (Srivastava et al. 2014), whose draws are the same on every backend. */
import type { FusedKernel } from '../kernel';

export type DropoutAttributes = {
  /** p, the odds that a number is dropped: 0 ≤ p < 1. */
  rate: number;
  /** Which dropout of a model this is: each has draws of its own. */
  place: number;
  /** How many factors are wanted where there is no x. */
  count: number;
};

/** Whole numbers of 32 bits onto such, so that each bit of the result depends on all of x (Wellons' `lowbias32`). */
export function mixed(x: number): number {
  let h = x | 0;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** What is the same for all numbers of one dropout in one step. */
export const keyOf = (seed: number, place: number) => mixed(mixed(seed) ^ Math.imul(place + 1, 0x9e3779b9));

/** Draws below this are dropped. */
export const thresholdOf = (rate: number) => Math.floor(rate * 2 ** 32);

/** 0 with odds p, otherwise 1/(1 − p): the factor of number i. */
export const dropoutFactor = (key: number, i: number, rate: number): number =>
  mixed(mixed(i) ^ key) < thresholdOf(rate) ? 0 : 1 / (1 - rate);

/** seed [1] int32, x?, residual? of one shape -> x ∘ f + residual, or the factors f [count] where there is no x. */
export const dropoutReference: FusedKernel<DropoutAttributes>['reference'] = (
  { seed, x, residual },
  _shapes,
  { rate, place },
  [y],
) => {
  const key = keyOf(seed[0], place);
  for (let i = 0; i < y.length; i++) {
    y[i] = dropoutFactor(key, i, rate) * (x ? x[i] : 1) + (residual ? residual[i] : 0);
  }
};
