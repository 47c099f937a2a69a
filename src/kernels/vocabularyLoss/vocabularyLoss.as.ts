// The losses over the vocabulary, row by row, and their gradient; what they are is in reference.ts. Each function does
// rows `from` to `to`.
import {
  beyondSquare, exp4, fill, lanesBelow, largest, loadOne, loadUpTo4, log, madd, onlyFirst, scaled, softmax4,
  storeOne, sumOfLanes,
} from '../backends/simd.as';

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
  slopes: usize,
  rows: i32,
  vocabulary: i32,
  crossEntropy: i32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const T = load<f32>(temperature);
  const bytes = 4 * vocabulary;
  if (slopes) fill(slopes + 4 * from, to - from, 0);
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
      const t = teacher + bytes * row;
      let divergence: f64;
      if (slopes) {
        divergence = softLossAndSlope(
          student, top, t, T, vocabulary, stats, crossEntropy, soft, slopes + 4 * row, scratch,
        );
      } else divergence = softLoss(student, top, t, T, vocabulary, stats, crossEntropy);
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

/**
 * KL(softmax(t / T) || softmax(s / T)) of one row, or the cross-entropy; the two log-sums of exponentials go into
 * stats[1] and [2].
 */
function softLoss(
  student: usize, top: f32, teacher: usize, T: f32, vocabulary: i32, stats: usize, crossEntropy: i32,
): f64 {
  const teacherTop = largest(teacher, vocabulary);
  const sTop = f32x4.splat(top);
  const tTop = f32x4.splat(teacherTop);
  const inverse = f32x4.splat(1 / T);
  // The teacher's own logarithms count in a divergence alone.
  const divergence = i32x4.splat(crossEntropy ? 0 : -1);
  let sSum = f32x4.splat(0);
  let tSum = f32x4.splat(0);
  let cross = f32x4.splat(0);
  let n = vocabulary;
  for (; n >= 4; n -= 4, student += 16, teacher += 16) {
    const s = scaled(v128.load(student), sTop, inverse);
    const t = scaled(v128.load(teacher), tTop, inverse);
    const p = exp4(t);
    sSum = f32x4.add(sSum, exp4(s));
    tSum = f32x4.add(tSum, p);
    cross = madd(p, f32x4.sub(v128.and(t, divergence), s), cross);
  }
  for (; n > 0; n--, student += 4, teacher += 4) {
    const s = scaled(loadOne(student), sTop, inverse);
    const t = scaled(loadOne(teacher), tTop, inverse);
    const p = onlyFirst(exp4(t));
    sSum = f32x4.add(sSum, onlyFirst(exp4(s)));
    tSum = f32x4.add(tSum, p);
    cross = madd(p, f32x4.sub(v128.and(t, divergence), s), cross);
  }
  const ofTeacher: f64 = sumOfLanes(tSum);
  const logStudent = log(sumOfLanes(sSum));
  const logTeacher = log(ofTeacher);
  store<f32>(stats, <f32>(<f64>top / T + logStudent), 4);
  store<f32>(stats, <f32>(<f64>teacherTop / T + logTeacher), 8);
  const mean = <f64>sumOfLanes(cross) / ofTeacher;
  return crossEntropy ? mean + logStudent : mean - logTeacher + logStudent;
}

/**
 * The same, and at `slope` weight times the derivative of T^2 times it by T. Where T is high that of T^2 KL is a small
 * difference of large parts. So with D = log(p_s / p_t), h = e^D - 1 - D and E the mean under p_t:
 *   KL = E h,   d(T^2 KL)/dT = T E [2 h - D^2 - (log p_s - E log p_t) h],
 * and for the entropy H of p_t, which the cross-entropy has besides, d(T^2 H)/dT = T (2 H + the variance of log p_t).
 * Exponentials are kept in scratch, two rows of a multiple of four numbers.
 */
function softLossAndSlope(
  student: usize, top: f32, teacher: usize, T: f32, vocabulary: i32, stats: usize, crossEntropy: i32,
  weight: f32, slope: usize, scratch: usize,
): f64 {
  const teacherTop = largest(teacher, vocabulary);
  const sTop = f32x4.splat(top);
  const tTop = f32x4.splat(teacherTop);
  const inverse = f32x4.splat(1 / T);
  const bytes = (4 * vocabulary + 15) & ~15;
  let sSum = f32x4.splat(0);
  let tSum = f32x4.splat(0);
  let tMean = f32x4.splat(0);
  let at = 0;
  for (; at + 16 <= 4 * vocabulary; at += 16) {
    const t = scaled(v128.load(teacher + at), tTop, inverse);
    const p = exp4(t);
    const q = exp4(scaled(v128.load(student + at), sTop, inverse));
    v128.store(scratch + at, p);
    v128.store(scratch + bytes + at, q);
    sSum = f32x4.add(sSum, q);
    tSum = f32x4.add(tSum, p);
    tMean = madd(p, t, tMean);
  }
  if (at < bytes) {
    const n = vocabulary - at / 4;
    const lanes = lanesBelow(n);
    const t = scaled(loadUpTo4(teacher + at, n), tTop, inverse);
    const p = v128.and(exp4(t), lanes);
    const q = v128.and(exp4(scaled(loadUpTo4(student + at, n), sTop, inverse)), lanes);
    v128.store(scratch + at, p);
    v128.store(scratch + bytes + at, q);
    sSum = f32x4.add(sSum, q);
    tSum = f32x4.add(tSum, p);
    tMean = madd(p, t, tMean);
  }
  const ofStudent: f64 = sumOfLanes(sSum);
  const ofTeacher: f64 = sumOfLanes(tSum);
  const logStudent = log(ofStudent);
  const logTeacher = log(ofTeacher);
  const mean = <f64>sumOfLanes(tMean) / ofTeacher;
  store<f32>(stats, <f32>(<f64>top / T + logStudent), 4);
  store<f32>(stats, <f32>(<f64>teacherTop / T + logTeacher), 8);

  const share = f32x4.splat(<f32>(1 / ofTeacher));
  const studentShare = f32x4.splat(<f32>(1 / ofStudent));
  const apart = f32x4.splat(<f32>((<f64>top - <f64>teacherTop) / T + logStudent - logTeacher));
  const centre = f32x4.splat(<f32>(logStudent + mean - logTeacher));
  const teacherCentre = f32x4.splat(<f32>mean);
  let divergence = f32x4.splat(0);
  let rise = f32x4.splat(0);
  let variance = f32x4.splat(0);
  for (let at = 0, n = vocabulary; n > 0; n -= 4, at += 16) {
    const s = loadUpTo4(student + at, n);
    const t = loadUpTo4(teacher + at, n);
    const p = f32x4.mul(v128.load(scratch + at), share);
    const q = f32x4.mul(v128.load(scratch + bytes + at), studentShare);
    const D = f32x4.sub(f32x4.mul(f32x4.sub(s, t), inverse), apart);
    const isSmall = f32x4.lt(f32x4.abs(D), f32x4.splat(0.5));
    const square = f32x4.mul(p, f32x4.mul(D, D));
    const cube = f32x4.mul(f32x4.mul(square, D), beyondSquare(D));
    const direct = f32x4.sub(f32x4.sub(q, p), f32x4.mul(p, D));
    const h = v128.bitselect(madd(square, f32x4.splat(0.5), cube), direct, isSmall);
    const bend = v128.bitselect(cube, f32x4.sub(direct, f32x4.mul(square, f32x4.splat(0.5))), isSmall);
    const logs = f32x4.sub(scaled(s, sTop, inverse), centre);
    divergence = f32x4.add(divergence, h);
    // Nothing where there is no word: p and q are 0 there, and the rest is finite.
    rise = f32x4.add(rise, f32x4.sub(f32x4.add(bend, bend), f32x4.mul(logs, h)));
    if (crossEntropy) {
      const off = f32x4.sub(scaled(t, tTop, inverse), teacherCentre);
      variance = madd(p, f32x4.mul(off, off), variance);
    }
  }
  const entropy = crossEntropy ? logTeacher - mean : 0;
  const ofEntropy = crossEntropy ? 2 * entropy + <f64>sumOfLanes(variance) : 0;
  store<f32>(slope, <f32>(<f64>weight * <f64>T * (<f64>sumOfLanes(rise) + ofEntropy)));
  return <f64>sumOfLanes(divergence) + entropy;
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
    const p = softmax4(v128.load(student), inverse, logStudent);
    const q = softmax4(v128.load(teacher), inverse, logTeacher);
    v128.store(dstudent, f32x4.mul(f32x4.sub(p, q), factor));
  }
  for (; n > 0; n--, student += 4, teacher += 4, dstudent += 4) {
    const p = softmax4(loadOne(student), inverse, logStudent);
    const q = softmax4(loadOne(teacher), inverse, logTeacher);
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
