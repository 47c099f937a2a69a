// The squared distance of two rows of logits, and its gradient; what it is is in reference.ts. Each function does rows
// `from` to `to`.
import { fill, loadOne, storeOne } from '../backends/simd.as';

/** s - a t, rounded twice, so that for a = 1 it is s - t to the last bit. */
@inline
function difference(s: v128, t: v128, a: v128): v128 {
  return f32x4.sub(s, f32x4.mul(a, t));
}

/** distances = weights * sum over the row of (student - scale teacher)^2. */
export function logitDistance(
  student: usize,
  teacher: usize,
  scale: usize,
  weights: usize,
  distances: usize,
  vocabulary: i32,
  from: i32,
  to: i32,
): void {
  const bytes = 4 * vocabulary;
  for (let row = from; row < to; row++) {
    const weight = load<f32>(weights + 4 * row);
    let distance: f32 = 0;
    if (weight != 0) distance = squares(student + bytes * row, teacher + bytes * row, scale, vocabulary) * weight;
    store<f32>(distances + 4 * row, distance);
  }
}

/**
 * Sum of (s - a t)^2 from the first to the last, one by one: tfjs's own sum has this order, so that losses are to the last
 * bit what its operations give.
 */
function squares(student: usize, teacher: usize, scale: usize, n: i32): f32 {
  const a = v128.load_splat<f32>(scale);
  let total: f32 = 0;
  for (; n >= 4; n -= 4, student += 16, teacher += 16) {
    const d = difference(v128.load(student), v128.load(teacher), a);
    const d2 = f32x4.mul(d, d);
    total += f32x4.extract_lane(d2, 0);
    total += f32x4.extract_lane(d2, 1);
    total += f32x4.extract_lane(d2, 2);
    total += f32x4.extract_lane(d2, 3);
  }
  for (; n > 0; n--, student += 4, teacher += 4) {
    const d = difference(loadOne(student), loadOne(teacher), a);
    total += f32x4.extract_lane(f32x4.mul(d, d), 0);
  }
  return total;
}

/** dstudent = ddistances weights 2 (student - scale teacher). */
export function logitDistanceGradient(
  ddistances: usize,
  student: usize,
  teacher: usize,
  scale: usize,
  weights: usize,
  dstudent: usize,
  vocabulary: i32,
  from: i32,
  to: i32,
): void {
  const bytes = 4 * vocabulary;
  const a = v128.load_splat<f32>(scale);
  for (let row = from; row < to; row++) {
    const weight = load<f32>(weights + 4 * row);
    if (weight == 0) {
      fill(dstudent + bytes * row, vocabulary, 0);
      continue;
    }
    const factor = f32x4.splat(2 * (load<f32>(ddistances + 4 * row) * weight));
    let at = bytes * row;
    const end = at + bytes;
    for (; at + 16 <= end; at += 16) {
      const d = difference(v128.load(student + at), v128.load(teacher + at), a);
      v128.store(dstudent + at, f32x4.mul(factor, d));
    }
    for (; at < end; at += 4) {
      const d = difference(loadOne(student + at), loadOne(teacher + at), a);
      storeOne(dstudent + at, f32x4.mul(factor, d));
    }
  }
}
