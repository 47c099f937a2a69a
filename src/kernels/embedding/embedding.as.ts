// Input embeddings; the gradient of the token table is the segment sum.
import { addTo, fill, loadOne, storeOne } from '../backends/simd.as';

/**
 * y [N, d] = tokens[id] + positions[row mod length] + types[segment] (if any; 0 where no segments are given); rows `from`
 * to `to`.
 */
export function embedding(
  ids: usize,
  tokens: usize,
  positions: usize,
  types: usize,
  segments: usize,
  y: usize,
  d: i32,
  length: i32,
  from: i32,
  to: i32,
): void {
  const bytes = 4 * d;
  y += bytes * from;
  for (let row = from; row < to; row++, y += bytes) {
    const token = tokens + load<i32>(ids + 4 * row) * bytes;
    const position = positions + (row % length) * bytes;
    const type = segments ? types + load<i32>(segments + 4 * row) * bytes : types;
    let at = 0;
    for (; at + 16 <= bytes; at += 16) {
      let sum = f32x4.add(v128.load(token + at), v128.load(position + at));
      if (types) sum = f32x4.add(sum, v128.load(type + at));
      v128.store(y + at, sum);
    }
    for (; at < bytes; at += 4) {
      let sum = f32x4.add(loadOne(token + at), loadOne(position + at));
      if (types) sum = f32x4.add(sum, loadOne(type + at));
      storeOne(y + at, sum);
    }
  }
}

/**
 * dpositions [positionRows, d]: row p is the sum of dy's rows p, p + length, ... of n; zero from row `length` on. Columns
 * `from` to `to`.
 */
export function positionGradient(
  dy: usize,
  dpositions: usize,
  n: i32,
  d: i32,
  length: i32,
  positionRows: i32,
  from: i32,
  to: i32,
): void {
  const bytes = 4 * d;
  const columns = to - from;
  dy += 4 * from;
  dpositions += 4 * from;
  for (let row = 0; row < positionRows; row++) fill(dpositions + bytes * row, columns, 0);
  for (let row = 0; row < n; row++, dy += bytes) addTo(dpositions + bytes * (row % length), dy, columns);
}
