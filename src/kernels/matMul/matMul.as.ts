// The product of contiguous matrices with its epilogue, and the gradient of gelu alone.
import { geluSlope4, loadOne, storeOne } from '../backends/simd.as';
import { product } from './product.as';

export { productScratch } from './product.as';

/** Rows `from` to `to` of the product of op(a) [m, k] and op(b) [k, n], or those of its columns; see `product`. */
export function matMul(
  a: usize,
  b: usize,
  c: usize,
  m: i32,
  n: i32,
  k: i32,
  transposeA: bool,
  transposeB: bool,
  bias: usize,
  activation: i32,
  residual: usize,
  residualSign: f32,
  preactivation: usize,
  kept: usize,
  rowSums: usize,
  byColumns: bool,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const lda = transposeA ? m : k;
  const ldb = transposeB ? k : n;
  const size = to - from;
  if (byColumns) {
    b += 4 * (transposeB ? from * ldb : from);
    if (bias) bias += 4 * from;
    if (from > 0) rowSums = 0;
  } else {
    a += 4 * (transposeA ? from : from * lda);
    if (rowSums) rowSums += 4 * from;
  }
  const at = 4 * (byColumns ? from : from * n);
  if (residual) residual += at;
  if (preactivation) preactivation += at;
  if (kept) kept += at;
  product(
    a, lda, transposeA, b, ldb, transposeB, c + at, n, byColumns ? m : size, byColumns ? size : n, k,
    bias, activation, residual, residualSign, preactivation, kept, rowSums, scratch,
  );
}

/** dx = dy gelu'(preactivation), numbers `from` to `to`. */
export function geluGradient(dy: usize, preactivation: usize, dx: usize, from: i32, to: i32): void {
  let n = to - from;
  dy += 4 * from;
  preactivation += 4 * from;
  dx += 4 * from;
  for (; n >= 4; n -= 4, dy += 16, preactivation += 16, dx += 16) {
    v128.store(dx, f32x4.mul(v128.load(dy), geluSlope4(v128.load(preactivation))));
  }
  for (; n > 0; n--, dy += 4, preactivation += 4, dx += 4) {
    storeOne(dx, f32x4.mul(loadOne(dy), geluSlope4(loadOne(preactivation))));
  }
}
