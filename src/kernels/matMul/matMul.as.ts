// The product of contiguous matrices with its epilogue, and the gradient of gelu alone.
import { geluSlope4, loadOne, storeOne } from '../backends/simd.as';
import { product } from './product.as';

export { productScratch } from './product.as';

/** op(a) [m, k], op(b) [k, n]; see `product`. */
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
  scratch: usize,
): void {
  const lda = transposeA ? m : k;
  const ldb = transposeB ? k : n;
  product(a, lda, transposeA, b, ldb, transposeB, c, n, m, n, k, bias, activation, residual, residualSign, preactivation, kept, rowSums, scratch);
}

/** dx = dy gelu'(preactivation), n numbers. */
export function geluGradient(dy: usize, preactivation: usize, dx: usize, n: i32): void {
  for (; n >= 4; n -= 4, dy += 16, preactivation += 16, dx += 16) {
    v128.store(dx, f32x4.mul(v128.load(dy), geluSlope4(v128.load(preactivation))));
  }
  for (; n > 0; n--, dy += 4, preactivation += 4, dx += 4) {
    storeOne(dx, f32x4.mul(loadOne(dy), geluSlope4(loadOne(preactivation))));
  }
}
