// The cosine loss of each row of d numbers and its gradient; rows `from` to `to`.
import { loadOne, madd, storeOne, sumOfLanes } from '../backends/simd.as';

/** Added to both squared norms, as in reference.ts. */
const normEpsilon: f32 = 1e-12;

function dot(a: usize, b: usize, n: i32): f32 {
  let s = f32x4.splat(0);
  for (; n >= 4; n -= 4, a += 16, b += 16) s = madd(v128.load(a), v128.load(b), s);
  for (; n > 0; n--, a += 4, b += 4) s = madd(loadOne(a), loadOne(b), s);
  return sumOfLanes(s);
}

/** losses = weights (1 - cos(student, teacher)). */
export function cosineLoss(
  student: usize,
  teacher: usize,
  weights: usize,
  losses: usize,
  d: i32,
  from: i32,
  to: i32,
): void {
  const bytes = 4 * d;
  student += bytes * from;
  teacher += bytes * from;
  weights += 4 * from;
  losses += 4 * from;
  for (let row = from; row < to; row++, student += bytes, teacher += bytes, weights += 4, losses += 4) {
    const ss = dot(student, student, d) + normEpsilon;
    const tt = dot(teacher, teacher, d) + normEpsilon;
    const cosine = dot(student, teacher, d) / (sqrt<f32>(ss) * sqrt<f32>(tt));
    store<f32>(losses, load<f32>(weights) * (1 - cosine));
  }
}

/** dstudent = -dloss weight (t / (|s| |t|) - cos s / |s|^2). */
export function cosineLossGradient(
  dlosses: usize,
  student: usize,
  teacher: usize,
  weights: usize,
  dstudent: usize,
  d: i32,
  from: i32,
  to: i32,
): void {
  const bytes = 4 * d;
  student += bytes * from;
  teacher += bytes * from;
  dstudent += bytes * from;
  weights += 4 * from;
  dlosses += 4 * from;
  for (
    let row = from;
    row < to;
    row++, student += bytes, teacher += bytes, dstudent += bytes, weights += 4, dlosses += 4
  ) {
    const ss = dot(student, student, d) + normEpsilon;
    const tt = dot(teacher, teacher, d) + normEpsilon;
    const norms = sqrt<f32>(ss) * sqrt<f32>(tt);
    const weight = load<f32>(dlosses) * load<f32>(weights);
    const ofStudent = f32x4.splat((weight * (dot(student, teacher, d) / norms)) / ss);
    const ofTeacher = f32x4.splat(-weight / norms);
    let at = 0;
    for (; at + 16 <= bytes; at += 16) {
      const s = f32x4.mul(ofStudent, v128.load(student + at));
      v128.store(dstudent + at, madd(ofTeacher, v128.load(teacher + at), s));
    }
    for (; at < bytes; at += 4) {
      const s = f32x4.mul(ofStudent, loadOne(student + at));
      storeOne(dstudent + at, madd(ofTeacher, loadOne(teacher + at), s));
    }
  }
}
