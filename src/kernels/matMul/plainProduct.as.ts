// A matrix product without an epilogue, as kernels call it that are made of small ones.
import { none, product } from './product.as';

/** c [m, n] = op(a) op(b) and nothing else. */
@inline
export function plainProduct(
  a: usize, lda: i32, transposeA: bool,
  b: usize, ldb: i32, transposeB: bool,
  c: usize, ldc: i32,
  m: i32, n: i32, k: i32,
  scratch: usize,
): void {
  product(a, lda, transposeA, b, ldb, transposeB, c, ldc, m, n, k, 0, none, 0, 1, 0, 0, 0, scratch);
}
