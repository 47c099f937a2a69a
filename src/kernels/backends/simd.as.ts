// What several kernels share: vectors of four float32, their sums, exp and gelu.
// AssemblyScript; compiled by tools/kernelsWasm.ts. Where a length isn't a multiple of four, the numbers that are left
// over go through the same vector code one by one, in lane 0.

/** a b + c; rounded once where the engine has relaxed SIMD and the CPU a fused instruction. */
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** One float32 in lane 0, zeros beside it. */
@inline
export function loadOne(at: usize): v128 {
  return v128.load_zero<f32>(at);
}

@inline
export function storeOne(at: usize, x: v128): void {
  v128.store_lane<f32>(at, x, 0);
}

/** The first n of four numbers, zeros beside them. */
@inline
export function loadUpTo4(at: usize, n: i32): v128 {
  if (n >= 4) return v128.load(at);
  let x = v128.load_zero<f32>(at);
  if (n > 1) x = v128.load_lane<f32>(at + 4, x, 1);
  if (n > 2) x = v128.load_lane<f32>(at + 8, x, 2);
  return x;
}

@inline
export function storeUpTo4(at: usize, x: v128, n: i32): void {
  if (n >= 4) {
    v128.store(at, x);
    return;
  }
  v128.store_lane<f32>(at, x, 0);
  if (n > 1) v128.store_lane<f32>(at + 4, x, 1);
  if (n > 2) v128.store_lane<f32>(at + 8, x, 2);
}

/** All bits of the first n lanes. */
@inline
export function lanesBelow(n: i32): v128 {
  return i32x4.gt_s(i32x4.splat(n), i32x4(0, 1, 2, 3));
}

/** (x - from) scale, four logits as they go into an exponential. */
@inline
export function scaled(x: v128, from: v128, scale: v128): v128 {
  return f32x4.mul(f32x4.sub(x, from), scale);
}

/** softmax(x scale) of four logits, given the log-sum of its row's exponentials. */
@inline
export function softmax4(x: v128, scale: v128, logSum: v128): v128 {
  return exp4(f32x4.sub(f32x4.mul(x, scale), logSum));
}

/** Keeps lane 0 alone. */
@inline
export function onlyFirst(x: v128): v128 {
  return v128.and(x, i32x4(-1, 0, 0, 0));
}

@inline
export function sumOfLanes(x: v128): f32 {
  const pairs = f32x4.add(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

@inline
export function maxOfLanes(x: v128): f32 {
  const pairs = f32x4.pmax(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return max(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}

/**
 * e^x for x <= 88, relative error about 2e-7; 0 below -87. x = n ln 2 + r: 2^n goes into the exponent, e^r is a
 * polynomial (minimax of degree 5 on |r| <= ln 2 / 2).
 */
@inline
export function exp4(x: v128): v128 {
  // Adding 1.5 2^23 rounds to whole numbers and leaves n in the low bits.
  const shifted = madd(x, f32x4.splat(1.44269504), f32x4.splat(12582912));
  const n = f32x4.sub(shifted, f32x4.splat(12582912));
  // ln 2 in two parts, so that n times the first is exact.
  let r = madd(n, f32x4.splat(-0.693359375), x);
  r = madd(n, f32x4.splat(2.12194440e-4), r);
  let p = madd(f32x4.splat(0.008290310390293598), r, f32x4.splat(0.04189793020486832));
  p = madd(p, r, f32x4.splat(0.1666763573884964));
  p = madd(p, r, f32x4.splat(0.4999915063381195));
  p = madd(p, r, f32x4.splat(0.9999997019767761));
  p = madd(p, r, f32x4.splat(1));
  const power = i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(127 << 23));
  // Asked so that what is not a number stays none: a run that diverges must be seen.
  return v128.andnot(f32x4.mul(p, power), f32x4.lt(x, f32x4.splat(-87)));
}

/** e^x - 1 for x <= 88, relative error about 3e-7 however small x is. */
@inline
export function expm1Of4(x: v128): v128 {
  // As in exp4, with a polynomial whose first coefficients are those of the series.
  x = f32x4.pmax(x, f32x4.splat(-87));
  const shifted = madd(x, f32x4.splat(1.44269504), f32x4.splat(12582912));
  const n = f32x4.sub(shifted, f32x4.splat(12582912));
  let r = madd(n, f32x4.splat(-0.693359375), x);
  r = madd(n, f32x4.splat(2.12194440e-4), r);
  let p = madd(f32x4.splat(1.0 / 720), r, f32x4.splat(1.0 / 120));
  p = madd(p, r, f32x4.splat(1.0 / 24));
  p = madd(p, r, f32x4.splat(1.0 / 6));
  p = madd(p, r, f32x4.splat(0.5));
  p = madd(p, f32x4.mul(r, r), r);
  const power = i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(127 << 23));
  return madd(p, power, f32x4.sub(power, f32x4.splat(1)));
}

/** (e^x - 1 - x - x^2 / 2) / x^3 for |x| <= 1/2. */
@inline
export function beyondSquare(x: v128): v128 {
  let p = madd(f32x4.splat(1.0 / 5040), x, f32x4.splat(1.0 / 720));
  p = madd(p, x, f32x4.splat(1.0 / 120));
  p = madd(p, x, f32x4.splat(1.0 / 24));
  return madd(p, x, f32x4.splat(1.0 / 6));
}

/**
 * 1/2 + x P(x^2) / Q(x^2) with P and Q of degree 5, x cut off at +-limit: the form of functions that are odd about
 * (0, 1/2) and flat far from it. Coefficients from the highest power down; Q ends in 1.
 */
@inline
function sigmoidal4(
  x: v128, limit: f32,
  p5: f32, p4: f32, p3: f32, p2: f32, p1: f32, p0: f32,
  q5: f32, q4: f32, q3: f32, q2: f32, q1: f32,
): v128 {
  x = f32x4.pmax(f32x4.pmin(x, f32x4.splat(limit)), f32x4.splat(-limit));
  const u = f32x4.mul(x, x);
  let p = madd(f32x4.splat(p5), u, f32x4.splat(p4));
  let q = madd(f32x4.splat(q5), u, f32x4.splat(q4));
  p = madd(p, u, f32x4.splat(p3));
  q = madd(q, u, f32x4.splat(q3));
  p = madd(p, u, f32x4.splat(p2));
  q = madd(q, u, f32x4.splat(q2));
  p = madd(p, u, f32x4.splat(p1));
  q = madd(q, u, f32x4.splat(q1));
  p = madd(p, u, f32x4.splat(p0));
  q = madd(q, u, f32x4.splat(1));
  return madd(x, f32x4.div(p, q), f32x4.splat(0.5));
}

/** gelu(x) = x Phi(x), Phi the distribution function of the standard normal: absolute error of Phi 2e-7. */
@inline
export function gelu4(x: v128): v128 {
  const cdf = sigmoidal4(
    x, 5.5,
    2.2749301e-8, 6.3521356e-6, 1.6882755e-4, 4.6772724e-3, 3.3852827e-2, 0.39894223,
    1.1975034e-6, 7.3648131e-5, 1.8844554e-3, 2.8645975e-2, 0.25152236,
  );
  return f32x4.mul(x, cdf);
}

/** gelu'(x) = Phi(x) + x phi(x), phi the density: absolute error 4e-7. */
@inline
export function geluSlope4(x: v128): v128 {
  return sigmoidal4(
    x, 5.75,
    1.9290840e-7, 3.5954396e-5, 1.9234743e-5, 1.4230191e-2, -3.0995313e-2, 0.79788536,
    8.9517553e-6, 1.9203678e-4, 3.5230229e-3, 4.0980302e-2, 0.29449472,
  );
}

/**
 * ln x of a normal, positive number (what is infinite or not a number is given back): x = m 2^e with m near 1,
 * ln m = 2 artanh((m - 1) / (m + 1)).
 */
export function log(x: f64): f64 {
  if (!(x < Infinity)) return x;
  const bits = reinterpret<i64>(x);
  // Counted from the bits of sqrt(1/2), so that m lies between it and sqrt(2).
  const e = (bits - 0x3fe6a09e667f3bcd) >> 52;
  const m = reinterpret<f64>(bits - (e << 52));
  return <f64>e * 0.6931471805599453 + twiceArtanh((m - 1) / (m + 1));
}

/** 2 artanh s = ln((1 + s) / (1 - s)) for |s| <= 0.18. */
@inline
function twiceArtanh(s: f64): f64 {
  const s2 = s * s;
  let p: f64 = 1.0 / 15;
  p = p * s2 + 1.0 / 13;
  p = p * s2 + 1.0 / 11;
  p = p * s2 + 1.0 / 9;
  p = p * s2 + 1.0 / 7;
  p = p * s2 + 1.0 / 5;
  p = p * s2 + 1.0 / 3;
  return 2 * (s + s * s2 * p);
}

/** ln(1 + x) for x >= 0, with all digits also where 1 + x has none of x. */
export function log1p(x: f64): f64 {
  return x < 0.25 ? twiceArtanh(x / (2 + x)) : log(1 + x);
}

/** e^x for x <= 700, to all digits; 0 below -700. */
export function exp(x: f64): f64 {
  // Asked so that what is not a number stays none, and never becomes a whole number, which would be a trap.
  if (!(x >= -700)) return x < 0 ? 0 : x;
  const n = nearest(x * 1.4426950408889634);
  // ln 2 in two parts, so that n times the first is exact.
  const r = x - n * 0.693145751953125 - n * 1.42860682030941723212e-6;
  // Taylor's series: |r| <= ln 2 / 2.
  let p: f64 = 1;
  for (let k: f64 = 13; k > 0; k--) p = 1 + (r / k) * p;
  return p * reinterpret<f64>((<i64>n + 1023) << 52);
}

/** Sum of n float32. */
export function sum(x: usize, n: i32): f32 {
  let s = f32x4.splat(0);
  for (; n >= 4; n -= 4, x += 16) s = f32x4.add(s, v128.load(x));
  for (; n > 0; n--, x += 4) s = f32x4.add(s, loadOne(x));
  return sumOfLanes(s);
}

/** Largest of n float32. */
export function largest(x: usize, n: i32): f32 {
  let m = v128.load_splat<f32>(x);
  for (; n >= 4; n -= 4, x += 16) m = f32x4.pmax(m, v128.load(x));
  for (; n > 0; n--, x += 4) m = f32x4.pmax(m, v128.load_splat<f32>(x));
  return maxOfLanes(m);
}

export function fill(at: usize, n: i32, value: f32): void {
  const v = f32x4.splat(value);
  for (; n >= 4; n -= 4, at += 16) v128.store(at, v);
  for (; n > 0; n--, at += 4) storeOne(at, v);
}

/** sums [columns] of x [rows, columns]. */
export function columnSums(x: usize, sums: usize, rows: i32, columns: i32): void {
  fill(sums, columns, 0);
  for (let row = 0; row < rows; row++, x += 4 * columns) addTo(sums, x, columns);
}

/** sum [n] += x [n]. */
export function addTo(sum: usize, x: usize, n: i32): void {
  for (; n >= 4; n -= 4, sum += 16, x += 16) v128.store(sum, f32x4.add(v128.load(sum), v128.load(x)));
  for (; n > 0; n--, sum += 4, x += 4) storeOne(sum, f32x4.add(loadOne(sum), loadOne(x)));
}
