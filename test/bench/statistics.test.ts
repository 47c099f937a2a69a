import { expect, test } from 'vitest';
import { clamped, median, rounded, turnOrder } from '../../src/bench/statistics';

test('the median is one of the values, the upper of an even number', () => {
  expect(median([5, 1, 9])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(3);
  expect(median([7])).toBe(7);
});

test('the median leaves its values as they are', () => {
  const values = [3, 1, 2];
  median(values);
  expect(values).toEqual([3, 1, 2]);
});

test('every round has everyone once and begins with another', () => {
  const rounds = [0, 1, 2, 3].map((round) => turnOrder(['a', 'b', 'c'], round).join(''));
  expect(rounds).toEqual(['abc', 'bca', 'cab', 'abc']);
});

test('numbers are rounded to significant digits and kept within bounds', () => {
  expect(rounded(0.0123456)).toBe(0.01235);
  expect(rounded(123456.7, 6)).toBe(123457);
  expect([clamped(1, 4, 20), clamped(7, 4, 20), clamped(99, 4, 20)]).toEqual([4, 7, 20]);
});
