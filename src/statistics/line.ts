/** A straight line through times that grow with the work. */

export interface Line {
  /** At x = 0, not below it. */
  fixed: number;
  /** For each unit of x, not below 0. */
  slope: number;
  /** Largest distance of a point from the line, as a share of its y. */
  misfit: number;
}

/**
 * The line with the least sum of squared relative errors, (y − fixed − slope x)² / y²: a time of 1 ms that is off by a
 * tenth counts as much as one of 100 ms. Neither part is below 0.
 * @returns null for fewer than two different x
 */
export function fitLine(points: readonly { x: number; y: number }[]): Line | null {
  if (new Set(points.map(({ x }) => x)).size < 2) return null;
  const weighted = (of: (point: { x: number; y: number }) => number) =>
    points.reduce((sum, point) => sum + of(point) / point.y ** 2, 0);
  const [w, x, y] = [weighted(() => 1), weighted((p) => p.x), weighted((p) => p.y)];
  const [xx, xy] = [weighted((p) => p.x * p.x), weighted((p) => p.x * p.y)];
  let slope = (w * xy - x * y) / (w * xx - x * x);
  let fixed = (y - slope * x) / w;
  if (slope < 0) [fixed, slope] = [y / w, 0];
  if (fixed < 0) [fixed, slope] = [0, xy / xx];
  const misfit = Math.max(...points.map((p) => Math.abs(p.y - fixed - slope * p.x) / p.y));
  return { fixed, slope, misfit };
}
