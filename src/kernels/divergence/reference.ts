/**
 * The definition of the divergence between teacher and student over the vocabulary, and of its gradient, on plain arrays.
 *
 * R rows of logits t and s over V words, T the temperature, p_t = softmax(t/T), p_s = softmax(s/T). Rows whose weight
 * is 0 don't count: theirs is 0, statistics included.
 */
import type { FusedKernel, Values } from '../kernel';

export type DivergenceAttributes = {
  /** Whether the value between the ends is divided by β(1 − β), so that it runs continuously into those at the ends. */
  even: boolean;
};

type Reference = FusedKernel<DivergenceAttributes>['reference'];

/** log softmax of a row of V logits at T, with the log-sum of exponentials that it took. */
function logSoftmax(logits: ArrayLike<number>, row: number, V: number, T: number) {
  const scaled = Float64Array.from({ length: V }, (_, v) => logits[row * V + v] / T);
  const max = scaled.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const logSum = max + Math.log(scaled.reduce((sum, x) => sum + Math.exp(x - max), 0));
  return { logs: scaled.map((x) => x - logSum), logSum };
}

/** log(β p_t + (1 − β) p_s) from the logarithms of both: no probability is too small for it. */
function logMixture(logTeacher: Float64Array, logStudent: Float64Array, beta: number): Float64Array {
  if (beta === 0) return logStudent;
  if (beta === 1) return logTeacher;
  return logTeacher.map((t, v) => {
    const a = Math.log(beta) + t;
    const b = Math.log1p(-beta) + logStudent[v];
    return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
  });
}

/** KL(p ‖ q) in nats, from logarithms. */
const divergenceOf = (p: Float64Array, q: Float64Array) =>
  p.reduce((sum, x, v) => sum + Math.exp(x) * (x - q[v]), 0);

function distributionsOf({ student, teacher, temperature, beta }: Values, row: number, V: number) {
  const ofStudent = logSoftmax(student, row, V, temperature[0]);
  const ofTeacher = logSoftmax(teacher, row, V, temperature[0]);
  return { ofStudent, ofTeacher, mixture: logMixture(ofTeacher.logs, ofStudent.logs, beta[0]) };
}

/**
 * losses = weight·D_β, without T²: β KL(p_t ‖ M) + (1 − β) KL(p_s ‖ M), M = β p_t + (1 − β) p_s, the generalised
 * Jensen-Shannon divergence (Agarwal et al. 2023, arXiv:2306.13649, equation 1); KL(p_t ‖ p_s) at β = 0 and
 * KL(p_s ‖ p_t) at β = 1, as in TRL's GKD trainer. stats holds log Σ exp of s/T and of t/T, the first less the second,
 * and KL(p_s ‖ M), for the gradient.
 */
export const divergenceReference: Reference = (inputs, { student: [rows, V] }, { even }, [losses, stats]) => {
  const beta = inputs.beta[0];
  losses.fill(0);
  stats.fill(0);
  for (let row = 0; row < rows; row++) {
    const weight = inputs.weights[row];
    if (weight === 0) continue;
    const { ofStudent, ofTeacher, mixture } = distributionsOf(inputs, row, V);
    const ofMixture = divergenceOf(ofStudent.logs, mixture);
    const between = beta * divergenceOf(ofTeacher.logs, mixture) + (1 - beta) * ofMixture;
    const divergence =
      beta === 0
        ? divergenceOf(ofTeacher.logs, ofStudent.logs)
        : beta === 1
          ? ofMixture
          : between / (even ? beta * (1 - beta) : 1);
    losses[row] = weight * Math.max(0, divergence);
    stats.set([ofStudent.logSum, ofTeacher.logSum, ofStudent.logSum - ofTeacher.logSum, ofMixture], 4 * row);
  }
};

/**
 * dstudent = dloss·weight/T·(1 − β)·p_s·(log(p_s/M) − KL(p_s ‖ M)); without the factor 1 − β at β = 1, with 1/β in its
 * place if even; dloss·weight/T·(p_s − p_t) at β = 0.
 */
export const divergenceGradientReference: Reference = (
  inputs,
  { student: [rows, V] },
  { even },
  [dstudent],
) => {
  const { dlosses, weights, temperature, stats } = inputs;
  const beta = inputs.beta[0];
  const share = beta === 0 || beta === 1 ? 1 : even ? 1 / beta : 1 - beta;
  dstudent.fill(0);
  for (let row = 0; row < rows; row++) {
    const factor = (dlosses[row] * weights[row] * share) / temperature[0];
    if (factor === 0) continue;
    const { ofStudent, ofTeacher, mixture } = distributionsOf(inputs, row, V);
    for (let v = 0; v < V; v++) {
      const s = ofStudent.logs[v];
      const slope =
        beta === 0
          ? Math.exp(s) - Math.exp(ofTeacher.logs[v])
          : Math.exp(s) * (s - mixture[v] - stats[4 * row + 3]);
      dstudent[row * V + v] = factor * slope;
    }
  }
};
