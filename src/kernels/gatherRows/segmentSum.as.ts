import { addTo, fill } from '../backends/simd.as';

/**
 * sums [R, d]: row r is the sum of the rows of `values` at order[offsets[r] .. offsets[r + 1]], in that order; columns
 * `from` to `to`.
 */
export function segmentSum(
  values: usize,
  order: usize,
  offsets: usize,
  sums: usize,
  rows: i32,
  d: i32,
  from: i32,
  to: i32,
): void {
  const columns = to - from;
  values += 4 * from;
  sums += 4 * from;
  for (let row = 0; row < rows; row++, offsets += 4, sums += 4 * d) {
    fill(sums, columns, 0);
    const end = order + 4 * load<i32>(offsets, 4);
    for (let at = order + 4 * load<i32>(offsets); at < end; at += 4) {
      addTo(sums, values + 4 * d * load<i32>(at), columns);
    }
  }
}
