// Products of the tokens of a sequence with each other, head by head, and their gradient: small products for one head
// and sequence at a time. A row of x [N, H k] holds the k columns of each head side by side. Each function does matrices
// `from` to `to` of the H B ones.
import { plainProduct } from '../matMul/plainProduct.as';

/** Where the columns of matrix i begin in x, in bytes: head i / B of sequence i mod B. */
@inline
function columnsOf(i: i32, length: i32, headSize: i32, heads: i32, batch: i32): usize {
  const h = i / batch;
  return 4 * ((i - h * batch) * length * heads * headSize + h * headSize);
}

/** scores [H, B, L, L] = x x^T / sqrt(k). */
export function relations(
  x: usize,
  scores: usize,
  length: i32,
  headSize: i32,
  heads: i32,
  batch: i32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const columns = heads * headSize;
  const scale: f32 = 1 / sqrt<f32>(<f32>headSize);
  const square = length * length;
  for (let i = from; i < to; i++) {
    const own = x + columnsOf(i, length, headSize, heads, batch);
    const s = scores + 4 * i * square;
    plainProduct(own, columns, false, own, columns, true, s, length, length, length, headSize, scratch);
    scaleAll(s, square, scale);
  }
}

function scaleAll(x: usize, n: i32, scale: f32): void {
  const factor = f32x4.splat(scale);
  for (; n >= 4; n -= 4, x += 16) v128.store(x, f32x4.mul(v128.load(x), factor));
  for (; n > 0; n--, x += 4) store<f32>(x, load<f32>(x) * scale);
}

/** dx = (dscores + dscores^T) x / sqrt(k). */
export function relationsGradient(
  dscores: usize,
  x: usize,
  dx: usize,
  length: i32,
  headSize: i32,
  heads: i32,
  batch: i32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const columns = heads * headSize;
  const scale: f32 = 1 / sqrt<f32>(<f32>headSize);
  const square = 4 * length * length;
  const both = scratch;
  const room = scratch + square;
  for (let i = from; i < to; i++) {
    const at = columnsOf(i, length, headSize, heads, batch);
    sumWithTransposed(dscores + i * square, both, length, scale);
    plainProduct(both, length, false, x + at, columns, false, dx + at, columns, length, headSize, length, room);
  }
}

/** sum [n, n] = scale (x + x^T). */
function sumWithTransposed(x: usize, sum: usize, n: i32, scale: f32): void {
  const row = 4 * n;
  const factor = f32x4.splat(scale);
  for (let i = 0; i < n; i++) {
    const ofRow = x + i * row;
    const ofColumn = x + 4 * i;
    const into = sum + i * row;
    let j = 0;
    for (; j + 4 <= n; j += 4) {
      const down = ofColumn + j * row;
      let c = v128.load_zero<f32>(down);
      c = v128.load_lane<f32>(down + row, c, 1);
      c = v128.load_lane<f32>(down + 2 * row, c, 2);
      c = v128.load_lane<f32>(down + 3 * row, c, 3);
      v128.store(into + 4 * j, f32x4.mul(f32x4.add(v128.load(ofRow + 4 * j), c), factor));
    }
    for (; j < n; j++) {
      store<f32>(into + 4 * j, (load<f32>(ofRow + 4 * j) + load<f32>(ofColumn + j * row)) * scale);
    }
  }
}
