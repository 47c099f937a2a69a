/**
 * The definition of multi-head attention and of its gradient, on plain arrays.
 *
 * B sequences of L tokens, N = B·L, d hidden size, H heads, k = d/H. A row of `qkv` holds the queries of all heads,
 * then their keys, then their values; head h has the k columns from h·k of each. `probabilities` and `scores` are
 * [B, H, L, L]: a row for each query, a column for each key.
 */
import { type FusedKernel, type Shapes, sizeOf } from '../kernel';

export type AttentionAttributes = {
  heads: number;
  /** Whether the scores before mask and softmax are an output too. */
  keepScores: boolean;
};
export type AttentionGradientAttributes = { heads: number };

/** Taken from the scores of padding. Finite, since WGSL may assume that no infinity occurs. */
export const paddingPenalty = 1e9;

/** The sizes that both kernels work with. */
export function attentionSizes({ qkv: [n, columns] }: Shapes, length: number, heads: number) {
  const d = columns / 3;
  const headSize = d / heads;
  return { batch: n / length, length, d, heads, headSize, scale: 1 / Math.sqrt(headSize) };
}

/**
 * context = softmax(q kᵀ/√k + padding) v (Vaswani et al. 2017, equation 1). Where there are `factors` [B, H, L, L], as
 * dropout draws them, the values are weighted by probabilities ∘ factors; the probabilities themselves stay as they are.
 */
export const attentionReference: FusedKernel<AttentionAttributes>['reference'] = (
  { qkv, mask, factors },
  shapes,
  { heads },
  [context, probabilities, scores],
) => {
  const { batch, length: L, d, headSize, scale } = attentionSizes(shapes, shapes.mask[1], heads);
  const row = new Float64Array(L);
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      for (let i = 0; i < L; i++) {
        const query = (b * L + i) * 3 * d + h * headSize;
        const at = ((b * heads + h) * L + i) * L;
        for (let j = 0; j < L; j++) {
          const key = (b * L + j) * 3 * d + d + h * headSize;
          let score = 0;
          for (let c = 0; c < headSize; c++) score += qkv[query + c] * qkv[key + c];
          score *= scale;
          if (scores) scores[at + j] = score;
          row[j] = score + (mask[b * L + j] - 1) * paddingPenalty;
        }
        const max = row.reduce((a, x) => Math.max(a, x));
        const sum = row.reduce((a, x) => a + Math.exp(x - max), 0);
        const out = (b * L + i) * d + h * headSize;
        context.fill(0, out, out + headSize);
        for (let j = 0; j < L; j++) {
          const probability = Math.exp(row[j] - max) / sum;
          const value = (b * L + j) * 3 * d + 2 * d + h * headSize;
          probabilities[at + j] = probability;
          const weight = factors ? probability * factors[at + j] : probability;
          for (let c = 0; c < headSize; c++) context[out + c] += weight * qkv[value + c];
        }
      }
    }
  }
};

/**
 * From the gradients of context and (if given) scores that of qkv. With dP = dcontext vᵀ the masked scores have
 * dS = P∘(dP − Σ_j P dP) + dscores; then dq = dS k/√k, dk = dSᵀ q/√k and dv = Pᵀ dcontext. With factors f,
 * dP = (dcontext vᵀ)∘f and dv = (P∘f)ᵀ dcontext.
 */
export const attentionGradientReference: FusedKernel<AttentionGradientAttributes>['reference'] = (
  { dcontext, qkv, probabilities, dscores, factors },
  shapes,
  { heads },
  [dqkv],
) => {
  const { batch, length: L, d, headSize, scale } = attentionSizes(shapes, shapes.probabilities[2], heads);
  const sums = new Float64Array(sizeOf(shapes.qkv));
  const dp = new Float64Array(L);
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      for (let i = 0; i < L; i++) {
        const query = (b * L + i) * 3 * d + h * headSize;
        const dout = (b * L + i) * d + h * headSize;
        const at = ((b * heads + h) * L + i) * L;
        let inner = 0;
        for (let j = 0; j < L; j++) {
          const value = (b * L + j) * 3 * d + 2 * d + h * headSize;
          dp[j] = 0;
          for (let c = 0; c < headSize; c++) dp[j] += dcontext[dout + c] * qkv[value + c];
          if (factors) dp[j] *= factors[at + j];
          inner += probabilities[at + j] * dp[j];
        }
        for (let j = 0; j < L; j++) {
          const key = (b * L + j) * 3 * d + d + h * headSize;
          const probability = probabilities[at + j];
          const weight = factors ? probability * factors[at + j] : probability;
          const dscore = scale * (probability * (dp[j] - inner) + (dscores ? dscores[at + j] : 0));
          for (let c = 0; c < headSize; c++) {
            sums[query + c] += dscore * qkv[key + c];
            sums[key + c] += dscore * qkv[query + c];
            sums[key + d + c] += weight * dcontext[dout + c];
          }
        }
      }
    }
  }
  dqkv.set(sums);
};
