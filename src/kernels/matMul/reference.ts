/** What the matrix products compute, on plain arrays. */
import type { Shape, Shapes, Values } from '../kernel';

/**
 * y = f(op(a) · op(b) + bias) + residualSign · residual, where op transposes or not. a [m,k] (or [k,m] to be transposed),
 * b [k,n] (or [n,k]), bias [n], residual [m,n], preactivation [m,n].
 */
export type MatMulAttributes = {
  transposeA: boolean;
  transposeB: boolean;
  /** f: the identity, gelu, or multiplication by gelu' of `preactivation`. */
  activation: 'none' | 'gelu' | 'geluGradient';
  residualSign: 1 | -1;
  /** A second output: op(a) · op(b) + bias, [m,n]. */
  keepPreactivation: boolean;
  /** A last output: the sums of op(a) along k, [m]. A linear layer's bias gradient, where a is dy transposed. */
  rowSums: boolean;
};

/** A plain product. */
export const matMulDefaults: MatMulAttributes = {
  transposeA: false,
  transposeB: false,
  activation: 'none',
  residualSign: 1,
  keepPreactivation: false,
  rowSums: false,
};

export interface MatMulSizes {
  m: number;
  n: number;
  k: number;
}

export function matMulSizes(
  { a, b }: Shapes,
  { transposeA, transposeB }: Pick<MatMulAttributes, 'transposeA' | 'transposeB'>,
): MatMulSizes {
  const [m, k] = transposeA ? [a[1], a[0]] : a;
  const [inner, n] = transposeB ? [b[1], b[0]] : b;
  if (a.length !== 2 || b.length !== 2 || inner !== k) {
    throw new Error(`No product of [${a}]${transposeA ? 'ᵀ' : ''} and [${b}]${transposeB ? 'ᵀ' : ''}`);
  }
  return { m, n, k };
}

export function matMulOutputs(shapes: Shapes, attributes: MatMulAttributes): Shape[] {
  const { m, n } = matMulSizes(shapes, attributes);
  return [[m, n], ...(attributes.keepPreactivation ? [[m, n]] : []), ...(attributes.rowSums ? [[m]] : [])];
}

export function matMulReference(
  { a, b, bias, residual, preactivation }: Values,
  shapes: Shapes,
  attributes: MatMulAttributes,
  outputs: (Float32Array | Float64Array)[],
) {
  const { transposeA, transposeB, activation, residualSign, keepPreactivation, rowSums } = attributes;
  const { m, n, k } = matMulSizes(shapes, attributes);
  const [strideAi, strideAk] = transposeA ? [1, m] : [k, 1];
  const [strideBk, strideBj] = transposeB ? [1, k] : [n, 1];
  const y = outputs[0];
  const kept = keepPreactivation ? outputs[1] : null;
  const sums = rowSums ? outputs[outputs.length - 1] : null;
  const row = new Float64Array(n);
  for (let i = 0; i < m; i++) {
    row.fill(0);
    let sum = 0;
    for (let l = 0; l < k; l++) {
      const factor = a[i * strideAi + l * strideAk];
      sum += factor;
      for (let j = 0; j < n; j++) row[j] += factor * b[l * strideBk + j * strideBj];
    }
    if (sums) sums[i] = sum;
    for (let j = 0; j < n; j++) {
      const at = i * n + j;
      const s = row[j] + (bias ? bias[j] : 0);
      if (kept) kept[at] = s;
      let value = s;
      if (activation === 'gelu') value = gelu(s);
      if (activation === 'geluGradient') value = s * geluSlope(preactivation[at]);
      y[at] = value + (residual ? residualSign * residual[at] : 0);
    }
  }
}

/** dy, preactivation, dx of one shape: dx = dy ∘ gelu'(preactivation). */
export function geluGradientReference({ dy, preactivation }: Values, [dx]: (Float32Array | Float64Array)[]) {
  for (let i = 0; i < dx.length; i++) dx[i] = dy[i] * geluSlope(preactivation[i]);
}

/** x Φ(x) (Hendrycks and Gimpel 2016, eq. 2), Φ being the distribution function of the standard normal. */
export const gelu = (x: number) => (x * (1 + erf(x * Math.SQRT1_2))) / 2;

/** gelu'(x) = Φ(x) + x φ(x). */
export const geluSlope = (x: number) =>
  (1 + erf(x * Math.SQRT1_2)) / 2 + (x * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);

/** erf(x) = 2/√π e^(-x²) Σ 2ⁿ x^(2n+1) / (2n+1)!!, whose terms have one sign, so that nothing cancels. */
function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
