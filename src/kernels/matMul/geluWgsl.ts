/**
 * gelu and its derivative in WGSL, for vec4<f32>: Φ(x) by the rational approximation of erf of Abramowitz and Stegun,
 * 7.1.26, whose error is at most 1.5e-7. Its factor e^(-x²/2) is the density's too.
 */
export const geluWgsl = `
struct Normal { cdf: vec4<f32>, bell: vec4<f32> }
fn normal(x: vec4<f32>) -> Normal {
  let z = abs(x) * ${Math.SQRT1_2};
  let t = 1.0 / (1.0 + 0.3275911 * z);
  let bell = exp(-z * z);
  let tail = 0.5 * bell * t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Normal(select(tail, 1.0 - tail, x >= vec4<f32>()), bell);
}
fn gelu(x: vec4<f32>) -> vec4<f32> { return x * normal(x).cdf; }
fn geluSlope(x: vec4<f32>) -> vec4<f32> {
  let at = normal(x);
  return at.cdf + x * at.bell * ${1 / Math.sqrt(2 * Math.PI)};
}`;
