// The losses over the vocabulary, row by row, and their gradient; what they are is in reference.ts. Each function does
// rows `from` to `to`.
import { exp4, fill, largest, loadOne, log, madd, onlyFirst, storeOne, sumOfLanes } from '../backends/simd.as';

/** A row's weight of the soft term (0 without a teacher), and of the hard one (0 without a label). */
@inline
function softWeight(teacher: usize, weights: usize, row: i32): f32 {
  return teacher ? load<f32>(weights + 4 * row) : 0;
}
@inline
function hardWeight(labels: usize, weights: usize, row: i32, rows: i32): f32 {
  return labels && load<i32>(labels + 4 * row) >= 0 ? load<f32>(weights + 4 * (rows + row)) : 0;
}

export function vocabularyLoss(
  student: usize,
  teacher: usize,
  temperature: usize,
  labels: usize,
  weights: usize,
  losses: usize,
  stats: usize,
  rows: i32,
  vocabulary: i32,
  from: i32,
  to: i32,
): void {
  const T = load<f32>(temperature);
  const bytes = 4 * vocabulary;
  fill(losses + 4 * from, to - from, 0);
  fill(losses + 4 * (rows + from), to - from, 0);
  fill(stats + 16 * from, 4 * (to - from), 0);
  student += bytes * from;
  stats += 16 * from;
  for (let row = from; row < to; row++, student += bytes, stats += 16) {
    const soft = softWeight(teacher, weights, row);
    const hard = hardWeight(labels, weights, row, rows);
    if (soft == 0 && hard == 0) continue;
    const top = largest(student, vocabulary);
    if (soft != 0) {
      const divergence = softLoss(student, top, teacher + bytes * row, T, vocabulary, stats);
      store<f32>(losses + 4 * row, <f32>(<f64>(soft * T * T) * divergence));
    }
    if (hard != 0) {
      const logSum = <f64>top + log(sumOfExp(student, top, vocabulary));
      const label = load<f32>(student + 4 * load<i32>(labels + 4 * row));
      store<f32>(losses + 4 * (rows + row), <f32>(<f64>hard * (logSum - <f64>label)));
      store<f32>(stats, <f32>logSum);
    }
  }
}

/** KL(softmax(t / T) || softmax(s / T)) of one row, whose two log-sums of exponentials go into stats[1] and [2]. */
function softLoss(student: usize, top: f32, teacher: usize, T: f32, vocabulary: i32, stats: usize): f64 {
  const teacherTop = largest(teacher, vocabulary);
  const sTop = f32x4.splat(top);
  const tTop = f32x4.splat(teacherTop);
  const inverse = f32x4.splat(1 / T);
  let sSum = f32x4.splat(0);
  let tSum = f32x4.splat(0);
  let cross = f32x4.splat(0);
  let n = vocabulary;
  for (; n >= 4; n -= 4, student += 16, teacher += 16) {
    const s = f32x4.mul(f32x4.sub(v128.load(student), sTop), inverse);
    const t = f32x4.mul(f32x4.sub(v128.load(teacher), tTop), inverse);
    const p = exp4(t);
    sSum = f32x4.add(sSum, exp4(s));
    tSum = f32x4.add(tSum, p);
    cross = madd(p, f32x4.sub(t, s), cross);
  }
  for (; n > 0; n--, student += 4, teacher += 4) {
    const s = f32x4.mul(f32x4.sub(loadOne(student), sTop), inverse);
    const t = f32x4.mul(f32x4.sub(loadOne(teacher), tTop), inverse);
    const p = onlyFirst(exp4(t));
    sSum = f32x4.add(sSum, onlyFirst(exp4(s)));
    tSum = f32x4.add(tSum, p);
    cross = madd(p, f32x4.sub(t, s), cross);
  }
  const ofTeacher: f64 = sumOfLanes(tSum);
  const logStudent = log(sumOfLanes(sSum));
  const logTeacher = log(ofTeacher);
  store<f32>(stats, <f32>(<f64>top / T + logStudent), 4);
  store<f32>(stats, <f32>(<f64>teacherTop / T + logTeacher), 8);
  return <f64>sumOfLanes(cross) / ofTeacher - logTeacher + logStudent;
}

/** Sum of e^(x - top) over n logits. */
function sumOfExp(x: usize, top: f32, n: i32): f64 {
  const shift = f32x4.splat(top);
  let total = f32x4.splat(0);
  for (; n >= 4; n -= 4, x += 16) total = f32x4.add(total, exp4(f32x4.sub(v128.load(x), shift)));
  for (; n > 0; n--, x += 4) total = f32x4.add(total, onlyFirst(exp4(f32x4.sub(loadOne(x), shift))));
  return sumOfLanes(total);
}

export function vocabularyLossGradient(
  dlosses: usize,
  student: usize,
  teacher: usize,
  temperature: usize,
  labels: usize,
  weights: usize,
  stats: usize,
  dstudent: usize,
  rows: i32,
  vocabulary: i32,
  from: i32,
  to: i32,
): void {
  const T = load<f32>(temperature);
  const bytes = 4 * vocabulary;
  student += bytes * from;
  dstudent += bytes * from;
  stats += 16 * from;
  for (let row = from; row < to; row++, student += bytes, dstudent += bytes, stats += 16) {
    const soft = load<f32>(dlosses + 4 * row) * softWeight(teacher, weights, row) * T;
    const hard = load<f32>(dlosses + 4 * (rows + row)) * hardWeight(labels, weights, row, rows);
    if (soft != 0) softGradient(student, teacher + bytes * row, dstudent, soft, 1 / T, stats, vocabulary);
    else fill(dstudent, vocabulary, 0);
    if (hard != 0) {
      addHardGradient(student, dstudent, hard, load<f32>(stats), vocabulary);
      const at = dstudent + 4 * load<i32>(labels + 4 * row);
      store<f32>(at, load<f32>(at) - hard);
    }
  }
}

/** dstudent = weight (softmax(s / T) - softmax(t / T)), given 1 / T. */
function softGradient(
  student: usize,
  teacher: usize,
  dstudent: usize,
  weight: f32,
  inverseT: f32,
  stats: usize,
  n: i32,
): void {
  const inverse = f32x4.splat(inverseT);
  const logStudent = v128.load_splat<f32>(stats, 4);
  const logTeacher = v128.load_splat<f32>(stats, 8);
  const factor = f32x4.splat(weight);
  for (; n >= 4; n -= 4, student += 16, teacher += 16, dstudent += 16) {
    const p = exp4(f32x4.sub(f32x4.mul(v128.load(student), inverse), logStudent));
    const q = exp4(f32x4.sub(f32x4.mul(v128.load(teacher), inverse), logTeacher));
    v128.store(dstudent, f32x4.mul(f32x4.sub(p, q), factor));
  }
  for (; n > 0; n--, student += 4, teacher += 4, dstudent += 4) {
    const p = exp4(f32x4.sub(f32x4.mul(loadOne(student), inverse), logStudent));
    const q = exp4(f32x4.sub(f32x4.mul(loadOne(teacher), inverse), logTeacher));
    storeOne(dstudent, f32x4.mul(f32x4.sub(p, q), factor));
  }
}

/** dstudent += weight softmax(s). */
function addHardGradient(student: usize, dstudent: usize, weight: f32, logSum: f32, n: i32): void {
  const shift = f32x4.splat(logSum);
  const factor = f32x4.splat(weight);
  for (; n >= 4; n -= 4, student += 16, dstudent += 16) {
    v128.store(dstudent, madd(factor, exp4(f32x4.sub(v128.load(student), shift)), v128.load(dstudent)));
  }
  for (; n > 0; n--, student += 4, dstudent += 4) {
    storeOne(dstudent, madd(factor, exp4(f32x4.sub(loadOne(student), shift)), loadOne(dstudent)));
  }
}
