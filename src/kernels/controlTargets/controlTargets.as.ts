// Targets in place of the teacher's, row by row; what they are is in reference.ts. Each function does rows `from` to `to`.
import { exp4, fill, largest, loadOne, log, onlyFirst, storeOne, sumOfLanes } from '../backends/simd.as';

/** As in reference.ts. */
const leftOutBy: f32 = 1e4;
const halvings: i32 = 32;
const largestRise: f64 = 96;

/** targets [rows, vocabulary] = 0, and at the gold word T times its rise above the others. */
export function controlTargets(
  teacher: usize,
  temperature: usize,
  gold: usize,
  targets: usize,
  vocabulary: i32,
  byEntropy: i32,
  from: i32,
  to: i32,
): void {
  const T = load<f32>(temperature);
  const bytes = 4 * vocabulary;
  fill(targets + bytes * from, (to - from) * vocabulary, 0);
  for (let row = from; row < to; row++) {
    const word = load<i32>(gold + 4 * row);
    if (word < 0) continue;
    const logits = teacher + bytes * row;
    const rise = byEntropy
      ? riseOfEntropy(entropyOf(logits, T, vocabulary), vocabulary)
      : riseOfGold(logits, word, T, vocabulary);
    store<f32>(targets + bytes * row + 4 * word, <f32>(<f64>T * rise));
  }
}

/** How far the gold word must rise above equal others to have its probability in softmax(x / T). */
function riseOfGold(x: usize, gold: i32, T: f32, n: i32): f64 {
  if (n == 1) return 0;
  const top = largest(x, n);
  // Without the gold word's own, which may be so large that the others are lost beside it.
  const after = n - 1 - gold;
  const others = sumOfExp(x, top, T, gold) + sumOfExp(x + 4 * (gold + 1), top, T, after);
  const own = <f64>(load<f32>(x + 4 * gold) - top) / T;
  return own - log(max<f64>(others, 1e-30) / (n - 1));
}

/** Sum of e^((x - top) / T) over n logits. */
function sumOfExp(x: usize, top: f32, T: f32, n: i32): f64 {
  const shift = f32x4.splat(top);
  const inverse = f32x4.splat(1 / T);
  let total = f32x4.splat(0);
  for (; n >= 4; n -= 4, x += 16) {
    total = f32x4.add(total, exp4(f32x4.mul(f32x4.sub(v128.load(x), shift), inverse)));
  }
  for (; n > 0; n--, x += 4) {
    total = f32x4.add(total, onlyFirst(exp4(f32x4.mul(f32x4.sub(loadOne(x), shift), inverse))));
  }
  return sumOfLanes(total);
}

/** Entropy of softmax(x / T) in nats. */
function entropyOf(x: usize, T: f32, n: i32): f64 {
  const shift = f32x4.splat(largest(x, n));
  const inverse = f32x4.splat(1 / T);
  let total = f32x4.splat(0);
  let weighted = f32x4.splat(0);
  for (; n >= 4; n -= 4, x += 16) {
    const exponent = f32x4.mul(f32x4.sub(v128.load(x), shift), inverse);
    const e = exp4(exponent);
    total = f32x4.add(total, e);
    weighted = f32x4.add(weighted, f32x4.mul(e, exponent));
  }
  for (; n > 0; n--, x += 4) {
    const exponent = f32x4.mul(f32x4.sub(loadOne(x), shift), inverse);
    const e = onlyFirst(exp4(exponent));
    total = f32x4.add(total, e);
    weighted = f32x4.add(weighted, f32x4.mul(e, exponent));
  }
  const sum: f64 = sumOfLanes(total);
  return log(sum) - <f64>sumOfLanes(weighted) / sum;
}

/** The rise of one of n words above equal others at which their distribution has an entropy. */
function riseOfEntropy(entropy: f64, n: i32): f64 {
  let low: f64 = 0;
  let high: f64 = largestRise;
  for (let i = 0; i < halvings; i++) {
    const u = (low + high) / 2;
    const odds = <f64>(n - 1) * <f64>f32x4.extract_lane(exp4(f32x4.splat(<f32>-u)), 0);
    if ((u * odds) / (1 + odds) + log(1 + odds) > entropy) low = u;
    else high = u;
  }
  return (low + high) / 2;
}

/**
 * The logits of each row permuted, but for the gold word's. The exchange adds and takes away a difference, in the
 * order of the tfjs operations that did it before: two logits may lose their last bit, and the losses of an experiment
 * stay what they were, bit for bit.
 */
export function shuffledTargets(
  teacher: usize,
  permutation: usize,
  gold: usize,
  goldPreimages: usize,
  targets: usize,
  vocabulary: i32,
  from: i32,
  to: i32,
): void {
  const bytes = 4 * vocabulary;
  for (let row = from; row < to; row++) {
    const logits = teacher + bytes * row;
    const into = targets + bytes * row;
    for (let at = 0; at < bytes; at += 4) {
      store<f32>(into + at, load<f32>(logits + 4 * load<i32>(permutation + at)));
    }
    const word = load<i32>(gold + 4 * row);
    if (word < 0) continue;
    const own = load<f32>(logits + 4 * word);
    const given = load<f32>(into + 4 * word);
    const difference = own - given;
    store<f32>(into + 4 * load<i32>(goldPreimages + 4 * row), own - difference);
    store<f32>(into + 4 * word, given + difference);
  }
}

/** The `count` largest logits of each row as they are, of equal ones the first, and all others `leftOutBy` below the top. */
export function topTargets(
  teacher: usize,
  count: usize,
  targets: usize,
  vocabulary: i32,
  from: i32,
  to: i32,
): void {
  const wanted = <i32>max<f32>(1, min<f32>(<f32>vocabulary, nearest(load<f32>(count))));
  const bytes = 4 * vocabulary;
  for (let row = from; row < to; row++) keepLargest(teacher + bytes * row, targets + bytes * row, vocabulary, wanted);
}

/**
 * The least logit that is kept is looked for by halving the interval of bits: as whole numbers (`orderOf`) they are
 * ordered as the numbers that they stand for. It ends early where a bound parts the logits as wanted.
 */
function keepLargest(x: usize, into: usize, n: i32, wanted: i32): void {
  const top = largest(x, n);
  let low = orderOf(-largest32);
  let bound: f32 = -largest32;
  let kept = n;
  let high = orderOf(top) + 1;
  while (kept != wanted && <u32>(high - low) > 1) {
    const middle = low + <i32>(<u32>(high - low) >> 1);
    const candidate = numberOf(middle);
    const above = countFrom(x, candidate, n);
    if (above >= wanted) {
      low = middle;
      bound = candidate;
      kept = above;
    } else {
      high = middle;
    }
  }
  const least = f32x4.splat(bound);
  const out = f32x4.splat(top - leftOutBy);
  let at = 0;
  const end = 4 * n;
  // Asked so that what is not a number stays none.
  for (; at + 16 <= end; at += 16) {
    const logits = v128.load(x + at);
    v128.store(into + at, v128.bitselect(out, logits, f32x4.lt(logits, least)));
  }
  for (; at < end; at += 4) {
    const logit = loadOne(x + at);
    storeOne(into + at, v128.bitselect(out, logit, f32x4.lt(logit, least)));
  }
  // Of those that equal the bound the last ones are too many.
  for (at = end - 4; kept > wanted && at >= 0; at -= 4) {
    if (load<f32>(x + at) != bound) continue;
    store<f32>(into + at, top - leftOutBy);
    kept--;
  }
}

const largest32: f32 = 3.4028234663852886e38;

/** A whole number for each float32, in the same order. */
@inline
function orderOf(x: f32): i32 {
  const bits = reinterpret<i32>(x);
  return bits < 0 ? bits ^ 0x7fffffff : bits;
}
@inline
function numberOf(order: i32): f32 {
  return reinterpret<f32>(order < 0 ? order ^ 0x7fffffff : order);
}

/** How many of n numbers are `least` or more. */
function countFrom(x: usize, least: f32, n: i32): i32 {
  const bound = f32x4.splat(least);
  let counts = i32x4.splat(0);
  for (; n >= 4; n -= 4, x += 16) counts = i32x4.sub(counts, f32x4.ge(v128.load(x), bound));
  let count =
    i32x4.extract_lane(counts, 0) + i32x4.extract_lane(counts, 1) + i32x4.extract_lane(counts, 2) + i32x4.extract_lane(counts, 3);
  for (; n > 0; n--, x += 4) count += load<f32>(x) >= least ? 1 : 0;
  return count;
}
