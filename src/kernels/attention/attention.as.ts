// Multi-head attention and its gradient: small products for one sequence and head at a time, which stay in the cache.
// A row of qkv [N, 3d] holds queries, keys and values of all heads; head h has k = d / heads columns from h k of each.
import { exp4, largest, loadOne, madd, onlyFirst, storeOne, sumOfLanes } from '../backends/simd.as';
import { plainProduct } from '../matMul/plainProduct.as';
import { productScratch } from '../matMul/product.as';

/** Bytes of scratch: [L, L] for the gradient of the scores (its first row for the mask), and that of the products. */
export function attentionScratch(length: i32, headSize: i32): i32 {
  const longest = max(length, headSize);
  return 4 * length * length + productScratch(longest, longest);
}

/**
 * probabilities [B, H, L, L] = softmax(q k^T / sqrt(k) - 1e9 (1 - mask)), context [N, d] = probabilities v; scores, if
 * wanted, are those before the mask [B, L]. With factors [B, H, L, L] the context is (probabilities factors) v. Matrices
 * `from` to `to` of the B H ones.
 */
export function attention(
  qkv: usize,
  mask: usize,
  factors: usize,
  context: usize,
  probabilities: usize,
  scores: usize,
  length: i32,
  d: i32,
  heads: i32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const headSize = d / heads;
  const scale: f32 = 1 / sqrt<f32>(<f32>headSize);
  const square = 4 * length * length;
  // Of this place a matrix takes the first row for penalties, then all of it for what is left of its probabilities.
  const penalties = scratch;
  const room = scratch + square;
  for (let i = from; i < to; i++) {
    const b = i / heads;
    const h = i - b * heads;
    if (i == from || h == 0 || factors) {
      const ofSequence = mask + 4 * b * length;
      for (let j = 0; j < 4 * length; j += 4) store<f32>(penalties + j, (load<f32>(ofSequence + j) - 1) * 1e9);
    }
    const q = qkv + 4 * (b * length * 3 * d + h * headSize);
    const k = q + 4 * d;
    const v = k + 4 * d;
    const p = probabilities + i * square;
    plainProduct(q, 3 * d, false, k, 3 * d, true, p, length, length, length, headSize, room);
    for (let row = 0; row < square; row += 4 * length) {
      softmax(p + row, length, scale, penalties, scores ? scores + i * square + row : 0);
    }
    let weights = p;
    if (factors) {
      weights = scratch;
      multiply(p, factors + i * square, weights, length * length);
    }
    const c = context + 4 * (b * length * d + h * headSize);
    plainProduct(weights, length, false, v, 3 * d, false, c, d, length, headSize, length, room);
  }
}

/** z [n] = x y. */
function multiply(x: usize, y: usize, z: usize, n: i32): void {
  const bytes = 4 * n;
  let at = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(z + at, f32x4.mul(v128.load(x + at), v128.load(y + at)));
  for (; at < bytes; at += 4) storeOne(z + at, f32x4.mul(loadOne(x + at), loadOne(y + at)));
}

/** x [n] = softmax(scale x + penalties), and scores [n] = scale x if wanted. */
function softmax(x: usize, n: i32, scale: f32, penalties: usize, scores: usize): void {
  const factor = f32x4.splat(scale);
  const bytes = 4 * n;
  let at = 0;
  for (; at + 16 <= bytes; at += 16) {
    const score = f32x4.mul(v128.load(x + at), factor);
    if (scores) v128.store(scores + at, score);
    v128.store(x + at, f32x4.add(score, v128.load(penalties + at)));
  }
  for (; at < bytes; at += 4) {
    const score = f32x4.mul(loadOne(x + at), factor);
    if (scores) storeOne(scores + at, score);
    storeOne(x + at, f32x4.add(score, loadOne(penalties + at)));
  }
  const top = f32x4.splat(largest(x, n));
  let total = f32x4.splat(0);
  for (at = 0; at + 16 <= bytes; at += 16) {
    const e = exp4(f32x4.sub(v128.load(x + at), top));
    total = f32x4.add(total, e);
    v128.store(x + at, e);
  }
  for (; at < bytes; at += 4) {
    const e = onlyFirst(exp4(f32x4.sub(loadOne(x + at), top)));
    total = f32x4.add(total, e);
    storeOne(x + at, e);
  }
  const inverse = f32x4.splat(1 / sumOfLanes(total));
  for (at = 0; at + 16 <= bytes; at += 16) v128.store(x + at, f32x4.mul(v128.load(x + at), inverse));
  for (; at < bytes; at += 4) storeOne(x + at, f32x4.mul(loadOne(x + at), inverse));
}

/**
 * dqkv [N, 3d]. With dP = dcontext v^T: dS = P (dP - sum_j P dP) + dscores (if any), dq = dS k / sqrt(k),
 * dk = dS^T q / sqrt(k), dv = P^T dcontext. With factors f (if any) dP = f (dcontext v^T), dv = (P f)^T dcontext. Matrices
 * `from` to `to` of the B H ones.
 */
export function attentionGradient(
  dcontext: usize,
  qkv: usize,
  probabilities: usize,
  dscores: usize,
  factors: usize,
  dqkv: usize,
  length: i32,
  d: i32,
  heads: i32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const headSize = d / heads;
  const scale: f32 = 1 / sqrt<f32>(<f32>headSize);
  const square = 4 * length * length;
  const ds = scratch;
  const room = scratch + square;
  for (let i = from; i < to; i++) {
    const b = i / heads;
    const h = i - b * heads;
    const column = 4 * (b * length * 3 * d + h * headSize);
    const q = qkv + column;
    const k = q + 4 * d;
    const v = k + 4 * d;
    const dq = dqkv + column;
    const dk = dq + 4 * d;
    const dv = dk + 4 * d;
    const dc = dcontext + 4 * (b * length * d + h * headSize);
    const p = probabilities + i * square;
    plainProduct(dc, d, false, v, 3 * d, true, ds, length, length, length, headSize, room);
    const f = factors + i * square;
    if (factors) multiply(ds, f, ds, length * length);
    for (let row = 0; row < square; row += 4 * length) {
      softmaxGradient(ds + row, p + row, dscores ? dscores + i * square + row : 0, length, scale);
    }
    plainProduct(ds, length, false, k, 3 * d, false, dq, 3 * d, length, headSize, length, room);
    plainProduct(ds, length, true, q, 3 * d, false, dk, 3 * d, length, headSize, length, room);
    let weights = p;
    if (factors) {
      weights = ds;
      multiply(p, f, weights, length * length);
    }
    plainProduct(weights, length, true, dc, d, false, dv, 3 * d, length, headSize, length, room);
  }
}

/** dp [n] becomes scale (p (dp - sum p dp) + dscores). */
function softmaxGradient(dp: usize, p: usize, dscores: usize, n: i32, scale: f32): void {
  const bytes = 4 * n;
  let inner = f32x4.splat(0);
  let at = 0;
  for (; at + 16 <= bytes; at += 16) inner = madd(v128.load(p + at), v128.load(dp + at), inner);
  for (; at < bytes; at += 4) inner = madd(loadOne(p + at), loadOne(dp + at), inner);
  const mean = f32x4.splat(sumOfLanes(inner));
  const factor = f32x4.splat(scale);
  for (at = 0; at + 16 <= bytes; at += 16) {
    let ds = f32x4.mul(v128.load(p + at), f32x4.sub(v128.load(dp + at), mean));
    if (dscores) ds = f32x4.add(ds, v128.load(dscores + at));
    v128.store(dp + at, f32x4.mul(ds, factor));
  }
  for (; at < bytes; at += 4) {
    let ds = f32x4.mul(loadOne(p + at), f32x4.sub(loadOne(dp + at), mean));
    if (dscores) ds = f32x4.add(ds, loadOne(dscores + at));
    storeOne(dp + at, f32x4.mul(ds, factor));
  }
}
