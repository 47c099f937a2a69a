// Decoupled distillation's two losses, row by row, and their gradient; what they are is in reference.ts. Each function
// does rows `from` to `to`. A row's words without the gold one are two runs, before it and behind it.
import {
  exp, exp4, fill, largest, loadOne, log, log1p, madd, onlyFirst, scaled, softmax4, storeOne, sumOfLanes,
} from '../backends/simd.as';

@inline
function weightOf(gold: usize, weights: usize, row: i32): f32 {
  return load<i32>(gold + 4 * row) >= 0 ? load<f32>(weights + 4 * row) : 0;
}

/** Largest of n numbers but for one. */
function largestBut(x: usize, n: i32, one: i32): f32 {
  const behind = n - one - 1;
  if (one == 0) return largest(x + 4, behind);
  const before = largest(x, one);
  return behind == 0 ? before : max(before, largest(x + 4 * (one + 1), behind));
}

/** ln of the logistic function, with all digits also where that is next to 0 or to 1. */
function logSigmoid(x: f64): f64 {
  return min<f64>(x, 0) - log1p(exp(-abs(x)));
}

export function decoupledLoss(
  student: usize,
  teacher: usize,
  temperature: usize,
  gold: usize,
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
  fill(stats + 12 * from, 3 * (to - from), 0);
  for (let row = from; row < to; row++) {
    const weight = weightOf(gold, weights, row);
    if (weight == 0) continue;
    const factor = <f64>(weight * T * T);
    const word = load<i32>(gold + 4 * row);
    const s = student + bytes * row;
    const t = teacher + bytes * row;
    const others = othersLoss(s, t, word, T, vocabulary, stats + 12 * row);
    store<f32>(losses + 4 * (rows + row), <f32>(factor * others));
    const bins = binsLoss(load<f32>(s + 4 * word), load<f32>(t + 4 * word), T, stats + 12 * row);
    store<f32>(losses + 4 * row, <f32>(factor * bins));
  }
}

/** NCKD of one row, whose two log-sums of exponentials go into stats[0] and [1]. */
function othersLoss(student: usize, teacher: usize, gold: i32, T: f32, vocabulary: i32, stats: usize): f64 {
  const studentTop = largestBut(student, vocabulary, gold);
  const teacherTop = largestBut(teacher, vocabulary, gold);
  const sTop = f32x4.splat(studentTop);
  const tTop = f32x4.splat(teacherTop);
  const inverse = f32x4.splat(1 / T);
  let sSum = f32x4.splat(0);
  let tSum = f32x4.splat(0);
  let cross = f32x4.splat(0);
  for (let run = 0; run < 2; run++, student += 4, teacher += 4) {
    let n = run == 0 ? gold : vocabulary - gold - 1;
    for (; n >= 4; n -= 4, student += 16, teacher += 16) {
      const s = scaled(v128.load(student), sTop, inverse);
      const t = scaled(v128.load(teacher), tTop, inverse);
      const p = exp4(t);
      sSum = f32x4.add(sSum, exp4(s));
      tSum = f32x4.add(tSum, p);
      cross = madd(p, f32x4.sub(t, s), cross);
    }
    for (; n > 0; n--, student += 4, teacher += 4) {
      const s = scaled(loadOne(student), sTop, inverse);
      const t = scaled(loadOne(teacher), tTop, inverse);
      const p = onlyFirst(exp4(t));
      sSum = f32x4.add(sSum, onlyFirst(exp4(s)));
      tSum = f32x4.add(tSum, p);
      cross = madd(p, f32x4.sub(t, s), cross);
    }
  }
  const ofTeacher: f64 = sumOfLanes(tSum);
  const logStudent = log(sumOfLanes(sSum));
  const logTeacher = log(ofTeacher);
  store<f32>(stats, <f32>(<f64>studentTop / T + logStudent));
  store<f32>(stats, <f32>(<f64>teacherTop / T + logTeacher), 4);
  return <f64>sumOfLanes(cross) / ofTeacher - logTeacher + logStudent;
}

/** TCKD of one row, from its gold logits and from stats[0] and [1]; p_s - p_t goes into stats[2]. */
function binsLoss(student: f64, teacher: f64, T: f64, stats: usize): f64 {
  const s = student / T - <f64>load<f32>(stats);
  const t = teacher / T - <f64>load<f32>(stats, 4);
  const goldS = logSigmoid(s);
  const goldT = logSigmoid(t);
  const restS = logSigmoid(-s);
  const restT = logSigmoid(-t);
  store<f32>(stats, <f32>(exp(goldS + restT) - exp(goldT + restS)), 8);
  return exp(goldT) * (goldT - goldS) + exp(restT) * (restT - restS);
}

export function decoupledLossGradient(
  dlosses: usize,
  student: usize,
  teacher: usize,
  temperature: usize,
  gold: usize,
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
  teacher += bytes * from;
  dstudent += bytes * from;
  stats += 12 * from;
  for (
    let row = from;
    row < to;
    row++, student += bytes, teacher += bytes, dstudent += bytes, stats += 12
  ) {
    const weight = weightOf(gold, weights, row) * T;
    if (weight == 0) {
      fill(dstudent, vocabulary, 0);
      continue;
    }
    const word = load<i32>(gold + 4 * row);
    const bins = load<f32>(dlosses + 4 * row) * weight * load<f32>(stats, 8);
    const others = load<f32>(dlosses + 4 * (rows + row)) * weight;
    othersGradient(student, teacher, dstudent, word, others, bins, 1 / T, stats, vocabulary);
    store<f32>(dstudent + 4 * word, bins);
  }
}

/** dstudent = others (q_s - q_t) - bins q_s, but for the gold word, whose place is left as it is. */
function othersGradient(
  student: usize,
  teacher: usize,
  dstudent: usize,
  gold: i32,
  others: f32,
  bins: f32,
  inverseT: f32,
  stats: usize,
  vocabulary: i32,
): void {
  const inverse = f32x4.splat(inverseT);
  const logStudent = v128.load_splat<f32>(stats);
  const logTeacher = v128.load_splat<f32>(stats, 4);
  const byDifference = f32x4.splat(others);
  const byStudent = f32x4.splat(-bins);
  for (let run = 0; run < 2; run++, student += 4, teacher += 4, dstudent += 4) {
    let n = run == 0 ? gold : vocabulary - gold - 1;
    for (; n >= 4; n -= 4, student += 16, teacher += 16, dstudent += 16) {
      const p = softmax4(v128.load(student), inverse, logStudent);
      const q = softmax4(v128.load(teacher), inverse, logTeacher);
      v128.store(dstudent, madd(byStudent, p, f32x4.mul(byDifference, f32x4.sub(p, q))));
    }
    for (; n > 0; n--, student += 4, teacher += 4, dstudent += 4) {
      const p = softmax4(loadOne(student), inverse, logStudent);
      const q = softmax4(loadOne(teacher), inverse, logTeacher);
      storeOne(dstudent, madd(byStudent, p, f32x4.mul(byDifference, f32x4.sub(p, q))));
    }
  }
}
