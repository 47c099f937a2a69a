// Distillation with standardised logits, row by row, and its gradient; what it is is in reference.ts. Each function does
// rows `from` to `to`.
import {
  exp4, fill, largest, loadOne, log, madd, onlyFirst, scaled, storeOne, sum, sumOfLanes,
} from '../backends/simd.as';

/** Added to both deviations, as in reference.ts. */
const deviationEpsilon: f32 = 1e-7;
/** Bytes of a row of stats. */
const statsBytes: i32 = 28;

export function standardisedLoss(
  student: usize,
  teacher: usize,
  temperature: usize,
  weights: usize,
  losses: usize,
  stats: usize,
  vocabulary: i32,
  from: i32,
  to: i32,
): void {
  const T = load<f32>(temperature);
  const bytes = 4 * vocabulary;
  fill(losses + 4 * from, to - from, 0);
  fill(stats + statsBytes * from, 7 * (to - from), 0);
  for (let row = from; row < to; row++) {
    const weight = load<f32>(weights + 4 * row);
    if (weight == 0) continue;
    const divergence = rowLoss(student + bytes * row, teacher + bytes * row, T, vocabulary, stats + statsBytes * row);
    store<f32>(losses + 4 * row, <f32>(<f64>(weight * T * T) * divergence));
  }
}

/** Stores the mean of n numbers, and 1 / ((deviation + epsilon) T) behind it; returns the deviation. */
function standardise(x: usize, n: i32, T: f32, moments: usize): f32 {
  const mean = sum(x, n) / <f32>n;
  const deviation = sqrt<f32>(squaresAbout(mean, x, n) / <f32>(n - 1));
  store<f32>(moments, mean);
  store<f32>(moments, 1 / ((deviation + deviationEpsilon) * T), 4);
  return deviation;
}

/** Sum of (x - mean)^2 over n numbers. */
function squaresAbout(mean: f32, x: usize, n: i32): f32 {
  const center = f32x4.splat(mean);
  let squares = f32x4.splat(0);
  for (; n >= 4; n -= 4, x += 16) {
    const d = f32x4.sub(v128.load(x), center);
    squares = madd(d, d, squares);
  }
  for (; n > 0; n--, x += 4) {
    const d = onlyFirst(f32x4.sub(loadOne(x), center));
    squares = madd(d, d, squares);
  }
  return sumOfLanes(squares);
}

/** KL(softmax(z(t) / T) || softmax(z(s) / T)) of one row, whose statistics go into stats. */
function rowLoss(student: usize, teacher: usize, T: f32, vocabulary: i32, stats: usize): f64 {
  const deviation = standardise(student, vocabulary, T, stats);
  standardise(teacher, vocabulary, T, stats + 12);
  const studentTop = largest(student, vocabulary);
  const teacherTop = largest(teacher, vocabulary);
  const sTop = f32x4.splat(studentTop);
  const tTop = f32x4.splat(teacherTop);
  const sScale = v128.load_splat<f32>(stats, 4);
  const tScale = v128.load_splat<f32>(stats, 16);
  let sSum = f32x4.splat(0);
  let tSum = f32x4.splat(0);
  // Of (z(s) - the largest z(s)) / T, by the student's probabilities and by the teacher's.
  let sMean = f32x4.splat(0);
  let tMean = f32x4.splat(0);
  let entropy = f32x4.splat(0);
  let n = vocabulary;
  for (; n >= 4; n -= 4, student += 16, teacher += 16) {
    const s = scaled(v128.load(student), sTop, sScale);
    const t = scaled(v128.load(teacher), tTop, tScale);
    const p = exp4(s);
    const q = exp4(t);
    sSum = f32x4.add(sSum, p);
    tSum = f32x4.add(tSum, q);
    sMean = madd(p, s, sMean);
    tMean = madd(q, s, tMean);
    entropy = madd(q, t, entropy);
  }
  for (; n > 0; n--, student += 4, teacher += 4) {
    const s = scaled(loadOne(student), sTop, sScale);
    const t = scaled(loadOne(teacher), tTop, tScale);
    const p = onlyFirst(exp4(s));
    const q = onlyFirst(exp4(t));
    sSum = f32x4.add(sSum, p);
    tSum = f32x4.add(tSum, q);
    sMean = madd(p, s, sMean);
    tMean = madd(q, s, tMean);
    entropy = madd(q, t, entropy);
  }
  const ofStudent: f64 = sumOfLanes(sSum);
  const ofTeacher: f64 = sumOfLanes(tSum);
  const logStudent = log(ofStudent);
  const logTeacher = log(ofTeacher);
  const byTeacher = <f64>sumOfLanes(tMean) / ofTeacher;
  const shift = <f64>sumOfLanes(sMean) / ofStudent - byTeacher;
  const scale = load<f32>(stats, 4);
  const slope = (shift * T) / (<f64>(vocabulary - 1) * deviation * scale);
  store<f32>(stats, logOf(studentTop, stats, logStudent), 8);
  store<f32>(stats, logOf(teacherTop, stats + 12, logTeacher), 20);
  store<f32>(stats, deviation > 0 ? <f32>slope : 0, 24);
  return <f64>sumOfLanes(entropy) / ofTeacher - byTeacher - logTeacher + logStudent;
}

/** log of the sum of e^u, from that of the sum of e^(u - the largest u). */
@inline
function logOf(top: f32, moments: usize, log: f64): f32 {
  return <f32>(<f64>((top - load<f32>(moments)) * load<f32>(moments, 4)) + log);
}

export function standardisedLossGradient(
  dlosses: usize,
  student: usize,
  teacher: usize,
  temperature: usize,
  weights: usize,
  stats: usize,
  dstudent: usize,
  vocabulary: i32,
  from: i32,
  to: i32,
): void {
  const T = load<f32>(temperature);
  const bytes = 4 * vocabulary;
  student += bytes * from;
  teacher += bytes * from;
  dstudent += bytes * from;
  stats += statsBytes * from;
  for (
    let row = from;
    row < to;
    row++, student += bytes, teacher += bytes, dstudent += bytes, stats += statsBytes
  ) {
    const weight = load<f32>(weights + 4 * row);
    const factor = load<f32>(dlosses + 4 * row) * weight * T * T * load<f32>(stats, 4);
    if (weight == 0) fill(dstudent, vocabulary, 0);
    else rowGradient(student, teacher, dstudent, factor, stats, vocabulary);
  }
}

/** dstudent = factor (softmax(u_s) - softmax(u_t) - slope u_s), u = z / T. */
function rowGradient(student: usize, teacher: usize, dstudent: usize, weight: f32, stats: usize, n: i32): void {
  const sMean = v128.load_splat<f32>(stats);
  const sScale = v128.load_splat<f32>(stats, 4);
  const sLog = v128.load_splat<f32>(stats, 8);
  const tMean = v128.load_splat<f32>(stats, 12);
  const tScale = v128.load_splat<f32>(stats, 16);
  const tLog = v128.load_splat<f32>(stats, 20);
  const slope = f32x4.neg(v128.load_splat<f32>(stats, 24));
  const factor = f32x4.splat(weight);
  for (; n >= 4; n -= 4, student += 16, teacher += 16, dstudent += 16) {
    const s = scaled(v128.load(student), sMean, sScale);
    const t = scaled(v128.load(teacher), tMean, tScale);
    const difference = f32x4.sub(exp4(f32x4.sub(s, sLog)), exp4(f32x4.sub(t, tLog)));
    v128.store(dstudent, f32x4.mul(factor, madd(slope, s, difference)));
  }
  for (; n > 0; n--, student += 4, teacher += 4, dstudent += 4) {
    const s = scaled(loadOne(student), sMean, sScale);
    const t = scaled(loadOne(teacher), tMean, tScale);
    const difference = f32x4.sub(exp4(f32x4.sub(s, sLog)), exp4(f32x4.sub(t, tLog)));
    storeOne(dstudent, f32x4.mul(factor, madd(slope, s, difference)));
  }
}
