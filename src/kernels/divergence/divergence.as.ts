// The divergence between teacher and student, row by row, and its gradient; what they are is in reference.ts. Each
// function does rows `from` to `to`.
//
// Of the two distributions let B be the one with the larger weight C in the mixture m = c p_A + C p_B, A the other, and
// D = log(p_B / p_A). Then
//   D_beta / (c C) = 1/C sum of k - p_B f(c x) / c,   x = p_A / p_B - 1,   f(y) = (1 + y) log(1 + y) - y,
// where k = p_B - p_A - p_A D >= 0 sums to KL(A || B), which is all that is left at c = 0. Nothing cancels in it: a word's
// term is between half of k and k where both agree, f is computed without a difference of alike numbers, and an error of
// the log-sums shifts every D alike, which counts in second order only, since both distributions sum to 1.
import {
  beyondSquare, exp4, expm1Of4, fill, lanesBelow, largest, loadUpTo4, log, madd, storeUpTo4, sumOfLanes,
} from '../backends/simd.as';

/**
 * Where there is a mixture, probabilities of A below 1e-20 count as that, and those of B below e^-40 times A's too: it
 * doesn't see the difference, and logarithms stay finite.
 */
const leastA: f32 = 1e-20;
const leastRatio: f32 = -40;
const leastShare: f32 = 4.248354e-18;

/** e^((x - top) / T) of n logits, zeros up to the next multiple of four, and their sum. */
function exponentials(x: usize, top: f32, inverseT: f32, n: i32, to: usize): f64 {
  const shift = f32x4.splat(top);
  const inverse = f32x4.splat(inverseT);
  let total = f32x4.splat(0);
  for (; n >= 4; n -= 4, x += 16, to += 16) {
    const e = exp4(f32x4.mul(f32x4.sub(v128.load(x), shift), inverse));
    v128.store(to, e);
    total = f32x4.add(total, e);
  }
  if (n > 0) {
    const e = v128.and(exp4(f32x4.mul(f32x4.sub(loadUpTo4(x, n), shift), inverse)), lanesBelow(n));
    v128.store(to, e);
    total = f32x4.add(total, e);
  }
  return sumOfLanes(total);
}

/** The n for which a / b lies within about 2^n sqrt(1/2) and 2^n sqrt(2): bits of floats run nearly like logarithms. */
@inline
function powerBetween(a: v128, b: v128): v128 {
  return i32x4.shr_s(i32x4.add(i32x4.sub(a, b), i32x4.splat(1 << 22)), 23);
}

/** 2 artanh(s) - 2 s for |s| <= 0.2. */
@inline
function artanhTail(s: v128): v128 {
  const s2 = f32x4.mul(s, s);
  let p = madd(f32x4.splat(2.0 / 7), s2, f32x4.splat(2.0 / 5));
  p = madd(p, s2, f32x4.splat(2.0 / 3));
  return f32x4.mul(f32x4.mul(s, s2), p);
}

/** The smaller weight in the mixture; far below 1 / V it makes no difference, and its inverse has to be finite. */
function smallerWeight(beta: f32): f32 {
  const c = min(beta, 1 - beta);
  return c > 0 ? max(c, 1e-12) : 0;
}

export function divergence(
  student: usize,
  teacher: usize,
  temperature: usize,
  beta: usize,
  weights: usize,
  losses: usize,
  stats: usize,
  vocabulary: i32,
  even: i32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const T = load<f32>(temperature);
  const b = load<f32>(beta);
  const c = smallerWeight(b);
  const scale: f64 = c > 0 && !even ? c : 1 / (1 - <f64>c);
  const bytes = 4 * vocabulary;
  fill(losses + 4 * from, to - from, 0);
  fill(stats + 16 * from, 4 * (to - from), 0);
  for (let row = from; row < to; row++) {
    const weight = load<f32>(weights + 4 * row);
    if (weight == 0) continue;
    const s = student + bytes * row;
    const t = teacher + bytes * row;
    const sum = rowDivergence(s, t, 1 / T, b, c, vocabulary, stats + 16 * row, scratch);
    store<f32>(losses + 4 * row, <f32>(<f64>weight * scale * max(0, sum)));
  }
}

/** C D_beta / (c C) of one row (KL(A || B) at the ends), whose statistics are stored. Scratch: two rows, rounded up. */
function rowDivergence(
  student: usize,
  teacher: usize,
  inverseT: f32,
  beta: f32,
  c: f32,
  n: i32,
  stats: usize,
  scratch: usize,
): f64 {
  const studentTop = largest(student, n);
  const teacherTop = largest(teacher, n);
  const isStudentB = beta <= 0.5;
  const bytes = (4 * n + 15) & ~15;
  let atA = scratch;
  let atB = scratch + bytes;
  const ofStudent = exponentials(student, studentTop, inverseT, n, isStudentB ? atB : atA);
  const ofTeacher = exponentials(teacher, teacherTop, inverseT, n, isStudentB ? atA : atB);
  const logStudent = log(ofStudent);
  const logTeacher = log(ofTeacher);
  const apart = <f32>((<f64>studentTop - <f64>teacherTop) * <f64>inverseT + logStudent - logTeacher);
  store<f32>(stats, <f32>(<f64>studentTop * <f64>inverseT + logStudent));
  store<f32>(stats, <f32>(<f64>teacherTop * <f64>inverseT + logTeacher), 4);
  store<f32>(stats, apart, 8);

  const shareA = f32x4.splat(<f32>(1 / (isStudentB ? ofTeacher : ofStudent)));
  const shareB = f32x4.splat(<f32>(1 / (isStudentB ? ofStudent : ofTeacher)));
  // D is that of student to teacher where the student is B, or its negative.
  const logsApart = f32x4.splat(isStudentB ? apart : -apart);
  const inverse = f32x4.splat(isStudentB ? inverseT : -inverseT);
  const studentB = i32x4.splat(isStudentB ? -1 : 0);
  const mixed = c > 0;
  const least = f32x4.splat(mixed ? leastRatio : -1e30);
  const lowestA = f32x4.splat(mixed ? leastA : 0);
  const lowestB = f32x4.splat(mixed ? leastShare : 0);
  const share = f32x4.splat(-c);
  const inverseShare = f32x4.splat(mixed ? 1 / c : 0);
  let total = f32x4.splat(0);
  let slopes = f32x4.splat(0);
  for (; n > 0; n -= 4, student += 16, teacher += 16, atA += 16, atB += 16) {
    // Of the logits themselves, whose difference is exact where they are alike.
    const apartBy = f32x4.sub(loadUpTo4(student, n), loadUpTo4(teacher, n));
    const ratio = f32x4.pmax(f32x4.sub(f32x4.mul(apartBy, inverse), logsApart), least);
    const pA = f32x4.pmax(f32x4.mul(v128.load(atA), shareA), lowestA);
    const pB = f32x4.pmax(f32x4.mul(v128.load(atB), shareB), f32x4.mul(pA, lowestB));
    const alike = f32x4.lt(f32x4.abs(ratio), f32x4.splat(0.5));
    const along = f32x4.mul(pA, ratio);
    const bent = f32x4.mul(f32x4.mul(along, ratio), madd(beyondSquare(ratio), ratio, f32x4.splat(0.5)));
    const rise = f32x4.sub(pB, pA);
    const term = v128.bitselect(bent, f32x4.sub(rise, along), alike);
    // p_s log(p_s / m) is log(p_B / m), or log(p_A / p_B) + log(p_B / m).
    const pS = v128.bitselect(pB, pA, studentB);
    const alone = v128.andnot(ratio, studentB);
    if (mixed) {
      // y p_B, and m
      const g = f32x4.mul(share, v128.bitselect(f32x4.add(along, bent), rise, alike));
      const m = f32x4.add(pB, g);
      const power = powerBetween(m, pB);
      const isNear = i32x4.eq(power, i32x4.splat(0));
      const scaled = i32x4.sub(m, i32x4.shl(power, 23));
      const s = f32x4.div(v128.bitselect(g, f32x4.sub(scaled, pB), isNear), f32x4.add(scaled, pB));
      const tail = artanhTail(s);
      const ahead = madd(f32x4.convert_i32x4_s(power), f32x4.splat(0.69314718), f32x4.add(s, s));
      // p_B f(y) = m log(m / p_B) - g, and m 2 s - g = g s where the power is 0.
      const short = v128.bitselect(f32x4.mul(g, s), f32x4.sub(f32x4.mul(m, ahead), g), isNear);
      total = f32x4.add(total, f32x4.sub(term, f32x4.mul(madd(m, tail, short), inverseShare)));
      slopes = madd(pS, f32x4.add(f32x4.add(ahead, tail), alone), slopes);
    } else {
      total = f32x4.add(total, term);
      slopes = madd(pS, alone, slopes);
    }
  }
  store<f32>(stats, -sumOfLanes(slopes), 12);
  return sumOfLanes(total);
}

export function divergenceGradient(
  dlosses: usize,
  student: usize,
  teacher: usize,
  temperature: usize,
  beta: usize,
  weights: usize,
  stats: usize,
  dstudent: usize,
  vocabulary: i32,
  even: i32,
  from: i32,
  to: i32,
): void {
  const T = load<f32>(temperature);
  const b = load<f32>(beta);
  const c = smallerWeight(b);
  let share: f32 = 1;
  if (c > 0) share = even ? 1 / (b <= 0.5 ? c : b) : 1 - b;
  const bytes = 4 * vocabulary;
  for (let row = from; row < to; row++) {
    const factor = (load<f32>(dlosses + 4 * row) * load<f32>(weights + 4 * row) * share) / T;
    const s = student + bytes * row;
    const t = teacher + bytes * row;
    const ds = dstudent + bytes * row;
    if (factor == 0) fill(ds, vocabulary, 0);
    else if (b == 0) differenceOf(s, t, ds, factor, 1 / T, stats + 16 * row, vocabulary);
    else rowGradient(s, t, ds, factor, 1 / T, b, c, stats + 16 * row, vocabulary);
  }
}

/** dstudent = factor (p_s - p_t): the larger of both times 1 - e^-|D|, with the sign of D = log(p_s / p_t). */
function differenceOf(
  student: usize,
  teacher: usize,
  dstudent: usize,
  factor: f32,
  inverseT: f32,
  stats: usize,
  n: i32,
): void {
  const inverse = f32x4.splat(inverseT);
  const logStudent = v128.load_splat<f32>(stats);
  const logTeacher = v128.load_splat<f32>(stats, 4);
  const apart = v128.load_splat<f32>(stats, 8);
  const sign = i32x4.splat(1 << 31);
  for (; n > 0; n -= 4, student += 16, teacher += 16, dstudent += 16) {
    const s = loadUpTo4(student, n);
    const t = loadUpTo4(teacher, n);
    const ls = f32x4.sub(f32x4.mul(s, inverse), logStudent);
    const lt = f32x4.sub(f32x4.mul(t, inverse), logTeacher);
    const ratio = f32x4.sub(f32x4.mul(f32x4.sub(s, t), inverse), apart);
    const rise = f32x4.mul(exp4(f32x4.pmax(ls, lt)), expm1Of4(v128.or(ratio, sign)));
    const signed = v128.xor(rise, v128.andnot(sign, ratio));
    storeUpTo4(dstudent, f32x4.mul(signed, f32x4.splat(factor)), n);
  }
}

/**
 * dstudent = factor p_s (log(p_s / m) - KL(p_s || m)). In two loops, the first of which leaves p_A / p_B - 1 in dstudent:
 * together they need more registers than there are.
 */
function rowGradient(
  student: usize,
  teacher: usize,
  dstudent: usize,
  factor: f32,
  inverseT: f32,
  beta: f32,
  c: f32,
  stats: usize,
  n: i32,
): void {
  const isStudentB = beta <= 0.5;
  const mixed = c > 0;
  if (mixed) ratiosLessOne(student, teacher, dstudent, isStudentB ? -inverseT : inverseT, stats, isStudentB, n);
  const inverse = f32x4.splat(inverseT);
  const logStudent = v128.load_splat<f32>(stats);
  const apart = v128.load_splat<f32>(stats, 8);
  const mean = v128.load_splat<f32>(stats, 12);
  const least = f32x4.splat(mixed ? leastRatio : -1e30);
  const share = f32x4.splat(c);
  const minusFactor = f32x4.splat(-factor);
  const one = f32x4.splat(1);
  for (; n > 0; n -= 4, student += 16, teacher += 16, dstudent += 16) {
    const s = loadUpTo4(student, n);
    let slope = mean;
    if (!isStudentB) {
      const ratio = f32x4.sub(apart, f32x4.mul(f32x4.sub(s, loadUpTo4(teacher, n)), inverse));
      slope = f32x4.add(slope, f32x4.pmax(ratio, least));
    }
    if (mixed) {
      const y = f32x4.mul(share, loadUpTo4(dstudent, n));
      const m = f32x4.add(one, y);
      const power = powerBetween(m, one);
      const scaled = i32x4.sub(m, i32x4.shl(power, 23));
      const near = v128.bitselect(y, f32x4.sub(scaled, one), i32x4.eq(power, i32x4.splat(0)));
      const r = f32x4.div(near, f32x4.add(scaled, one));
      const ahead = madd(f32x4.convert_i32x4_s(power), f32x4.splat(0.69314718), f32x4.add(r, r));
      slope = f32x4.add(slope, f32x4.add(ahead, artanhTail(r)));
    }
    const p = exp4(f32x4.sub(f32x4.mul(s, inverse), logStudent));
    storeUpTo4(dstudent, f32x4.mul(f32x4.mul(p, slope), minusFactor), n);
  }
}

/** ratios = p_A / p_B - 1 = e^-D - 1, given 1 / T with the sign of -D to the student's logits. */
function ratiosLessOne(
  student: usize,
  teacher: usize,
  ratios: usize,
  inverseT: f32,
  stats: usize,
  isStudentB: bool,
  n: i32,
): void {
  const inverse = f32x4.splat(inverseT);
  const known = load<f32>(stats, 8);
  const apart = f32x4.splat(isStudentB ? known : -known);
  const most = f32x4.splat(-leastRatio);
  for (; n >= 4; n -= 4, student += 16, teacher += 16, ratios += 16) {
    const x = madd(f32x4.sub(v128.load(student), v128.load(teacher)), inverse, apart);
    v128.store(ratios, expm1Of4(f32x4.pmin(x, most)));
  }
  if (n > 0) {
    const x = madd(f32x4.sub(loadUpTo4(student, n), loadUpTo4(teacher, n)), inverse, apart);
    storeUpTo4(ratios, expm1Of4(f32x4.pmin(x, most)), n);
  }
}
