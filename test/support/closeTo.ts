import type { Tensor } from '@tensorflow/tfjs';
import { expect } from 'vitest';

export interface Golden {
  shape: number[];
  values: number[];
}

/**
 * Asserts that max |a - b| <= tolerance · max |b|, over whole arrays: an element near 0 need not have all its digits,
 * since it comes of terms as large as the others.
 */
export function closeTo(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-4, what = '') {
  expect(actual).toHaveLength(expected.length);
  let error = 0;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i] - expected[i]);
    error = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(error, difference);
    largest = Math.max(largest, Math.abs(expected[i]));
  }
  expect(error, `${what}: largest error, where the largest value is ${largest}`).toBeLessThanOrEqual(
    tolerance * largest,
  );
}

/** `closeTo` for a tensor, shape included. */
export async function tensorCloseTo(actual: Tensor, { shape, values }: Golden, tolerance?: number) {
  expect(actual.shape).toEqual(shape);
  closeTo(await actual.data(), values, tolerance);
}
