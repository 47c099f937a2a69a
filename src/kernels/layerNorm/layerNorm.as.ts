// Layer normalisation and its gradient; R rows of d numbers.
import { loadOne, madd, storeOne, sum, sumOfLanes } from '../backends/simd.as';

/** 1 / sqrt(variance + epsilon) of a row whose mean is known. */
function inverseDeviation(x: usize, d: i32, mean: f32, epsilon: f32): f32 {
  const m = f32x4.splat(mean);
  let squares = f32x4.splat(0);
  let n = d;
  for (; n >= 4; n -= 4, x += 16) {
    const z = f32x4.sub(v128.load(x), m);
    squares = madd(z, z, squares);
  }
  let total = sumOfLanes(squares);
  for (; n > 0; n--, x += 4) {
    const z = load<f32>(x) - mean;
    total += z * z;
  }
  return 1 / sqrt<f32>(total / <f32>d + epsilon);
}

/**
 * y = (x - mean) / sqrt(variance + epsilon) gain + bias over each row, and moments [R, 2]: mean, 1 / sqrt(...); rows
 * `from` to `to`.
 */
export function layerNorm(
  x: usize,
  gain: usize,
  bias: usize,
  y: usize,
  moments: usize,
  d: i32,
  epsilon: f32,
  from: i32,
  to: i32,
): void {
  const bytes = 4 * d;
  x += bytes * from;
  y += bytes * from;
  moments += 8 * from;
  for (let row = from; row < to; row++, x += bytes, y += bytes, moments += 8) {
    const mean = sum(x, d) / <f32>d;
    const inverse = inverseDeviation(x, d, mean, epsilon);
    store<f32>(moments, mean);
    store<f32>(moments + 4, inverse);
    const scale = f32x4.splat(inverse);
    const m = f32x4.splat(mean);
    let at = 0;
    for (; at + 16 <= bytes; at += 16) {
      const n = f32x4.mul(f32x4.sub(v128.load(x + at), m), scale);
      v128.store(y + at, madd(n, v128.load(gain + at), v128.load(bias + at)));
    }
    for (; at < bytes; at += 4) {
      const n = f32x4.mul(f32x4.sub(loadOne(x + at), m), scale);
      storeOne(y + at, madd(n, loadOne(gain + at), loadOne(bias + at)));
    }
  }
}

/** The normalised numbers x of a row whose mean and 1 / deviation are given, four times each. */
@inline
function normalised(x: v128, mean: v128, inverse: v128): v128 {
  return f32x4.mul(f32x4.sub(x, mean), inverse);
}

/**
 * dx of rows `from` to `to`; with n the normalised row and g = dy gain, dx = (g - mean(g) - n mean(g n)) / deviation.
 */
export function layerNormGradient(
  dy: usize,
  x: usize,
  gain: usize,
  moments: usize,
  dx: usize,
  d: i32,
  from: i32,
  to: i32,
): void {
  const bytes = 4 * d;
  dy += bytes * from;
  x += bytes * from;
  dx += bytes * from;
  moments += 8 * from;
  for (let row = from; row < to; row++, dy += bytes, x += bytes, dx += bytes, moments += 8) {
    const mean = v128.load_splat<f32>(moments);
    const inverse = v128.load_splat<f32>(moments, 4);
    let sumG = f32x4.splat(0);
    let sumGN = f32x4.splat(0);
    let at = 0;
    // dx holds n until g's means are known.
    for (; at + 16 <= bytes; at += 16) {
      const n = normalised(v128.load(x + at), mean, inverse);
      const g = f32x4.mul(v128.load(dy + at), v128.load(gain + at));
      sumG = f32x4.add(sumG, g);
      sumGN = madd(g, n, sumGN);
      v128.store(dx + at, n);
    }
    for (; at < bytes; at += 4) {
      const n = normalised(loadOne(x + at), mean, inverse);
      const g = f32x4.mul(loadOne(dy + at), loadOne(gain + at));
      sumG = f32x4.add(sumG, g);
      sumGN = madd(g, n, sumGN);
      storeOne(dx + at, n);
    }
    const scale = load<f32>(moments, 4);
    const meanG = f32x4.splat((sumOfLanes(sumG) / <f32>d) * scale);
    const meanGN = f32x4.splat((-sumOfLanes(sumGN) / <f32>d) * scale);
    at = 0;
    for (; at + 16 <= bytes; at += 16) {
      const g = f32x4.mul(v128.load(dy + at), v128.load(gain + at));
      v128.store(dx + at, madd(v128.load(dx + at), meanGN, f32x4.sub(f32x4.mul(g, inverse), meanG)));
    }
    for (; at < bytes; at += 4) {
      const g = f32x4.mul(loadOne(dy + at), loadOne(gain + at));
      storeOne(dx + at, madd(loadOne(dx + at), meanGN, f32x4.sub(f32x4.mul(g, inverse), meanG)));
    }
  }
}

/** Columns `from` to `to` of dgain = sum over rows of dy n, and of dbias = sum of dy. */
export function layerNormSums(
  dy: usize,
  x: usize,
  moments: usize,
  dgain: usize,
  dbias: usize,
  rows: i32,
  d: i32,
  from: i32,
  to: i32,
): void {
  const end = 4 * to;
  let at = 4 * from;
  // Sixteen columns, one line of the cache, are summed in registers.
  for (; at + 64 <= end; at += 64) sumsOf<v128>(dy + at, x + at, moments, dgain + at, dbias + at, rows, d);
  for (; at < end; at += 4) sumsOf<f32>(dy + at, x + at, moments, dgain + at, dbias + at, rows, d);
}

/** One column (T is f32) or sixteen (v128). */
@inline
function sumsOf<T>(dy: usize, x: usize, moments: usize, dgain: usize, dbias: usize, rows: i32, d: i32): void {
  const bytes = 4 * d;
  let gain0 = f32x4.splat(0);
  let gain1 = gain0;
  let gain2 = gain0;
  let gain3 = gain0;
  let bias0 = gain0;
  let bias1 = gain0;
  let bias2 = gain0;
  let bias3 = gain0;
  for (; rows > 0; rows--, dy += bytes, x += bytes, moments += 8) {
    const mean = v128.load_splat<f32>(moments);
    const inverse = v128.load_splat<f32>(moments, 4);
    if (isFloat<T>()) {
      const dy0 = loadOne(dy);
      gain0 = madd(dy0, normalised(loadOne(x), mean, inverse), gain0);
      bias0 = f32x4.add(dy0, bias0);
    } else {
      const dy0 = v128.load(dy);
      gain0 = madd(dy0, normalised(v128.load(x), mean, inverse), gain0);
      bias0 = f32x4.add(dy0, bias0);
      const dy1 = v128.load(dy, 16);
      gain1 = madd(dy1, normalised(v128.load(x, 16), mean, inverse), gain1);
      bias1 = f32x4.add(dy1, bias1);
      const dy2 = v128.load(dy, 32);
      gain2 = madd(dy2, normalised(v128.load(x, 32), mean, inverse), gain2);
      bias2 = f32x4.add(dy2, bias2);
      const dy3 = v128.load(dy, 48);
      gain3 = madd(dy3, normalised(v128.load(x, 48), mean, inverse), gain3);
      bias3 = f32x4.add(dy3, bias3);
    }
  }
  if (isFloat<T>()) {
    storeOne(dgain, gain0);
    storeOne(dbias, bias0);
  } else {
    v128.store(dgain, gain0);
    v128.store(dgain, gain1, 16);
    v128.store(dgain, gain2, 32);
    v128.store(dgain, gain3, 48);
    v128.store(dbias, bias0);
    v128.store(dbias, bias1, 16);
    v128.store(dbias, bias2, 32);
    v128.store(dbias, bias3, 48);
  }
}
