// The divergence between two models' attention distributions, row by row; what it is is in reference.ts.
import { exp4, fill, loadOne, madd, maxOfLanes, log, onlyFirst, storeOne, sum, sumOfLanes } from '../backends/simd.as';

/** Tokens of a sequence. */
@inline
function tokensOf(mask: usize, length: i32): f32 {
  return sum(mask, length);
}

/** Matrices `from` to `to`. */
export function relationLoss(
  student: usize,
  teacher: usize,
  mask: usize,
  rows: usize,
  slopes: usize,
  length: i32,
  batch: i32,
  heads: i32,
  headsFirst: i32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  let held: f32 = 0;
  for (let b = 0; b < batch; b++) {
    if (tokensOf(mask + 4 * b * length, length) > 0) held += 1;
  }
  const bytes = 4 * length;
  const penalties = scratch;
  for (let m = from; m < to; m++) {
    const ofSequence = mask + bytes * (headsFirst ? m % batch : m / heads);
    const tokens = tokensOf(ofSequence, length);
    const weight: f32 = tokens > 0 ? 1 / (<f32>heads * tokens * held) : 0;
    for (let j = 0; j < bytes; j += 4) store<f32>(penalties + j, (load<f32>(ofSequence + j) - 1) * 1e9);
    for (let i = 0; i < length; i++) {
      const row = m * length + i;
      const at = row * bytes;
      if (load<f32>(ofSequence + 4 * i) == 0) {
        store<f32>(rows + 4 * row, 0);
        fill(slopes + at, length, 0);
      } else {
        const share = divergence(student + at, teacher + at, penalties, slopes + at, length, weight, scratch + bytes);
        store<f32>(rows + 4 * row, weight * share);
      }
    }
  }
}

/** Largest of x [n] + penalties [n]. */
function largestOf(x: usize, penalties: usize, n: i32): v128 {
  let top = f32x4.splat(-Infinity);
  for (; n >= 4; n -= 4, x += 16, penalties += 16) {
    top = f32x4.pmax(top, f32x4.add(v128.load(x), v128.load(penalties)));
  }
  for (; n > 0; n--, x += 4, penalties += 4) {
    top = f32x4.pmax(top, v128.splat<f32>(load<f32>(x) + load<f32>(penalties)));
  }
  return f32x4.splat(maxOfLanes(top));
}

/**
 * KL(softmax(t) || softmax(s)) of a row of n scores with their penalties, and slopes = weight (softmax(s) - softmax(t));
 * scratch has two rows.
 *
 * The exponentials are kept until their sums are known: s's where the slopes will be, t's in scratch, with d, the
 * difference of the exponents. The divergence is summed as p_s - p_t - p_t (log p_s - log p_t), so that errors of the
 * sums cancel; it is right to about 1e-7 nats.
 */
function divergence(s: usize, t: usize, penalties: usize, slopes: usize, n: i32, weight: f32, scratch: usize): f32 {
  const bytes = 4 * n;
  const es = slopes;
  const et = scratch;
  const d = scratch + bytes;
  const topS = largestOf(s, penalties, n);
  const topT = largestOf(t, penalties, n);
  let sumS = f32x4.splat(0);
  let sumT = f32x4.splat(0);
  let at = 0;
  for (; at + 16 <= bytes; at += 16) {
    const penalty = v128.load(penalties + at);
    const x = f32x4.sub(f32x4.add(v128.load(s + at), penalty), topS);
    const y = f32x4.sub(f32x4.add(v128.load(t + at), penalty), topT);
    const ex = exp4(x);
    const ey = exp4(y);
    sumS = f32x4.add(sumS, ex);
    sumT = f32x4.add(sumT, ey);
    v128.store(es + at, ex);
    v128.store(et + at, ey);
    v128.store(d + at, f32x4.sub(x, y));
  }
  for (; at < bytes; at += 4) {
    const penalty = loadOne(penalties + at);
    const x = f32x4.sub(f32x4.add(loadOne(s + at), penalty), topS);
    const y = f32x4.sub(f32x4.add(loadOne(t + at), penalty), topT);
    const ex = onlyFirst(exp4(x));
    const ey = onlyFirst(exp4(y));
    sumS = f32x4.add(sumS, ex);
    sumT = f32x4.add(sumT, ey);
    storeOne(es + at, ex);
    storeOne(et + at, ey);
    storeOne(d + at, f32x4.sub(x, y));
  }
  const totalS = sumOfLanes(sumS);
  const totalT = sumOfLanes(sumT);
  const inverseS = f32x4.splat(1 / totalS);
  const inverseT = f32x4.splat(1 / totalT);
  const logRatio = f32x4.splat(<f32>(log(totalT) - log(totalS)));
  const factor = f32x4.splat(weight);
  let total = f32x4.splat(0);
  for (at = 0; at + 16 <= bytes; at += 16) {
    const q = f32x4.mul(v128.load(et + at), inverseT);
    const difference = f32x4.sub(f32x4.mul(v128.load(es + at), inverseS), q);
    const logs = f32x4.add(v128.load(d + at), logRatio);
    total = f32x4.add(total, f32x4.sub(difference, f32x4.mul(q, logs)));
    v128.store(slopes + at, f32x4.mul(factor, difference));
  }
  for (; at < bytes; at += 4) {
    const q = f32x4.mul(loadOne(et + at), inverseT);
    const difference = f32x4.sub(f32x4.mul(loadOne(es + at), inverseS), q);
    const logs = f32x4.add(loadOne(d + at), logRatio);
    total = f32x4.add(total, onlyFirst(f32x4.sub(difference, f32x4.mul(q, logs))));
    storeOne(slopes + at, f32x4.mul(factor, difference));
  }
  return max<f32>(0, sumOfLanes(total));
}
