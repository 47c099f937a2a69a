// Layer normalisation and its gradient; R rows of d numbers.
import { fill, loadOne, madd, storeOne, sum, sumOfLanes } from '../backends/simd.as';

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

/**
 * dx = (g - mean(g) - n mean(g n)) / deviation, with n the normalised row and g = dy gain; and of each block of rows
 * its part of dgain = sum of dy n and of dbias = sum of dy, [blocks, d]. Blocks `from` to `to`.
 */
export function layerNormGradient(
  dy: usize,
  x: usize,
  gain: usize,
  moments: usize,
  dx: usize,
  gainParts: usize,
  biasParts: usize,
  rows: i32,
  rowsPerBlock: i32,
  d: i32,
  from: i32,
  to: i32,
): void {
  const bytes = 4 * d;
  for (let block = from; block < to; block++) {
    const first = block * rowsPerBlock;
    const count = min(rowsPerBlock, rows - first);
    const at = bytes * first;
    gradientOfRows(
      dy + at, x + at, gain, moments + 8 * first, dx + at, gainParts + bytes * block, biasParts + bytes * block, count, d,
    );
  }
}

function gradientOfRows(
  dy: usize,
  x: usize,
  gain: usize,
  moments: usize,
  dx: usize,
  dgain: usize,
  dbias: usize,
  rows: i32,
  d: i32,
): void {
  const bytes = 4 * d;
  fill(dgain, d, 0);
  fill(dbias, d, 0);
  for (; rows > 0; rows--, dy += bytes, x += bytes, dx += bytes, moments += 8) {
    const inverse = load<f32>(moments + 4);
    const m = v128.load_splat<f32>(moments);
    const scale = f32x4.splat(inverse);
    let sumG = f32x4.splat(0);
    let sumGN = f32x4.splat(0);
    let at = 0;
    // dx holds n until g's means are known.
    for (; at + 16 <= bytes; at += 16) {
      const n = f32x4.mul(f32x4.sub(v128.load(x + at), m), scale);
      const dyAt = v128.load(dy + at);
      const g = f32x4.mul(dyAt, v128.load(gain + at));
      sumG = f32x4.add(sumG, g);
      sumGN = madd(g, n, sumGN);
      v128.store(dgain + at, madd(dyAt, n, v128.load(dgain + at)));
      v128.store(dbias + at, f32x4.add(dyAt, v128.load(dbias + at)));
      v128.store(dx + at, n);
    }
    for (; at < bytes; at += 4) {
      const n = f32x4.mul(f32x4.sub(loadOne(x + at), m), scale);
      const dyAt = loadOne(dy + at);
      const g = f32x4.mul(dyAt, loadOne(gain + at));
      sumG = f32x4.add(sumG, g);
      sumGN = madd(g, n, sumGN);
      storeOne(dgain + at, madd(dyAt, n, loadOne(dgain + at)));
      storeOne(dbias + at, f32x4.add(dyAt, loadOne(dbias + at)));
      storeOne(dx + at, n);
    }
    const meanG = f32x4.splat((sumOfLanes(sumG) / <f32>d) * inverse);
    const meanGN = f32x4.splat((-sumOfLanes(sumGN) / <f32>d) * inverse);
    at = 0;
    for (; at + 16 <= bytes; at += 16) {
      const g = f32x4.mul(v128.load(dy + at), v128.load(gain + at));
      v128.store(dx + at, madd(v128.load(dx + at), meanGN, f32x4.sub(f32x4.mul(g, scale), meanG)));
    }
    for (; at < bytes; at += 4) {
      const g = f32x4.mul(loadOne(dy + at), loadOne(gain + at));
      storeOne(dx + at, madd(loadOne(dx + at), meanGN, f32x4.sub(f32x4.mul(g, scale), meanG)));
    }
  }
}
