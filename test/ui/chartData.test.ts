import { expect, it } from 'vitest';
import { curvePath, nearestRow } from '../../src/ui/charts/chartData';

it('finds the row nearest to a step', () => {
  const rows = [{ x: 0 }, { x: 10 }, { x: 30 }];
  expect([-5, 4, 6, 19, 21, 99].map((x) => nearestRow(rows, x))).toEqual([0, 0, 1, 1, 2, 2]);
  expect(nearestRow([], 3)).toBeNull();
});

it('draws a curve with a gap where a value is missing or has no place on the axis', () => {
  const rows = [1, 2, null, 4, 0, 6].map((a, x) => ({ x, a }));
  const logarithm = (y: number) => (y > 0 ? -y : Number.POSITIVE_INFINITY);
  const xs = rows.map(({ x }) => 10 * x);
  expect(curvePath(rows, 'a', xs, logarithm)).toBe('M0 -1L10 -2M30 -4M50 -6');
});
