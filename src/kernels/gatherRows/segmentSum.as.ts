import { addTo, fill } from '../backends/simd.as';

/** sums [rows, d]: row r is the sum of the rows of `values` at order[offsets[r] .. offsets[r + 1]], in that order. */
export function segmentSum(values: usize, order: usize, offsets: usize, sums: usize, rows: i32, d: i32): void {
  fill(sums, rows * d, 0);
  for (let row = 0; row < rows; row++, offsets += 4, sums += 4 * d) {
    const end = order + 4 * load<i32>(offsets, 4);
    for (let at = order + 4 * load<i32>(offsets); at < end; at += 4) {
      addTo(sums, values + 4 * d * load<i32>(at), d);
    }
  }
}
