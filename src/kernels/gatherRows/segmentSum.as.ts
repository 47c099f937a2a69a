import { addTo, fill } from '../backends/simd.as';

/**
 * sums [R, d]: row r is the sum of the rows of `values` at order[offsets[r] .. offsets[r + 1]], in that order; rows
 * `from` to `to`.
 */
export function segmentSum(
  values: usize,
  order: usize,
  offsets: usize,
  sums: usize,
  d: i32,
  from: i32,
  to: i32,
): void {
  offsets += 4 * from;
  sums += 4 * d * from;
  fill(sums, (to - from) * d, 0);
  for (let row = from; row < to; row++, offsets += 4, sums += 4 * d) {
    const end = order + 4 * load<i32>(offsets, 4);
    for (let at = order + 4 * load<i32>(offsets); at < end; at += 4) {
      addTo(sums, values + 4 * d * load<i32>(at), d);
    }
  }
}
