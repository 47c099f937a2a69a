// The mean squared error, row by row, and its gradient; row r reads row floor(r maskRows / rows) of the mask. Each
// function does rows `from` to `to`.
import { loadOne, madd, storeOne, sumOfLanes } from '../backends/simd.as';

/** errors [rows] = sum over columns of mask (a - b)^2 / (rows columns); b and mask are optional. */
export function squaredError(
  a: usize,
  b: usize,
  mask: usize,
  errors: usize,
  rows: i32,
  columns: i32,
  maskRows: i32,
  from: i32,
  to: i32,
): void {
  const bytes = 4 * columns;
  const size = <f32>rows * <f32>columns;
  a += bytes * from;
  errors += 4 * from;
  for (let row = from; row < to; row++, a += bytes, errors += 4) {
    const other = b + bytes * row;
    const chosen = mask + bytes * maskRow(row, rows, maskRows);
    let total = f32x4.splat(0);
    let at = 0;
    for (; at + 16 <= bytes; at += 16) {
      let x = v128.load(a + at);
      if (b) x = f32x4.sub(x, v128.load(other + at));
      const weighted = mask ? f32x4.mul(x, v128.load(chosen + at)) : x;
      total = madd(x, weighted, total);
    }
    for (; at < bytes; at += 4) {
      let x = loadOne(a + at);
      if (b) x = f32x4.sub(x, loadOne(other + at));
      const weighted = mask ? f32x4.mul(x, loadOne(chosen + at)) : x;
      total = madd(x, weighted, total);
    }
    store<f32>(errors, sumOfLanes(total) / size);
  }
}

/** da [rows, columns] = drow 2 mask (a - b) / (rows columns). */
export function squaredErrorGradient(
  drows: usize,
  a: usize,
  b: usize,
  mask: usize,
  da: usize,
  rows: i32,
  columns: i32,
  maskRows: i32,
  from: i32,
  to: i32,
): void {
  const bytes = 4 * columns;
  const size = <f32>rows * <f32>columns;
  a += bytes * from;
  da += bytes * from;
  drows += 4 * from;
  for (let row = from; row < to; row++, a += bytes, da += bytes, drows += 4) {
    const other = b + bytes * row;
    const chosen = mask + bytes * maskRow(row, rows, maskRows);
    const factor = f32x4.splat((2 * load<f32>(drows)) / size);
    let at = 0;
    for (; at + 16 <= bytes; at += 16) {
      let x = v128.load(a + at);
      if (b) x = f32x4.sub(x, v128.load(other + at));
      if (mask) x = f32x4.mul(x, v128.load(chosen + at));
      v128.store(da + at, f32x4.mul(x, factor));
    }
    for (; at < bytes; at += 4) {
      let x = loadOne(a + at);
      if (b) x = f32x4.sub(x, loadOne(other + at));
      if (mask) x = f32x4.mul(x, loadOne(chosen + at));
      storeOne(da + at, f32x4.mul(x, factor));
    }
  }
}

@inline
function maskRow(row: i32, rows: i32, maskRows: i32): i32 {
  return <i32>((<i64>row * maskRows) / rows);
}
