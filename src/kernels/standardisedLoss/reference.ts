/**
 * The definition of distillation with standardised logits (Sun et al. 2024, arXiv:2403.01427) and of its gradient, on
 * plain arrays.
 *
 * R rows of logits x over V words, T the temperature. z(x) = (x − mean)/(σ + 1e-7), σ with V − 1 in its denominator and
 * 1e-7 added as in the authors' code (mdistiller/distillers/KD.py). A row counts if its weight isn't 0; what doesn't
 * count is 0, statistics included.
 */
import type { FusedKernel } from '../kernel';

type Reference = FusedKernel['reference'];

export const deviationEpsilon = 1e-7;

/** What z/T is of a row of V logits, u = (x − mean)·scale, with σ and log Σ_v exp(u_v). */
function standardised(logits: ArrayLike<number>, row: number, V: number, T: number) {
  let [sum, squares, top] = [0, 0, Number.NEGATIVE_INFINITY];
  for (let v = row * V; v < (row + 1) * V; v++) sum += logits[v];
  const mean = sum / V;
  for (let v = row * V; v < (row + 1) * V; v++) {
    squares += (logits[v] - mean) ** 2;
    top = Math.max(top, logits[v]);
  }
  const deviation = Math.sqrt(squares / (V - 1));
  const scale = 1 / ((deviation + deviationEpsilon) * T);
  let exponentials = 0;
  for (let v = row * V; v < (row + 1) * V; v++) exponentials += Math.exp((logits[v] - top) * scale);
  return { mean, scale, deviation, logSum: (top - mean) * scale + Math.log(exponentials) };
}

/**
 * losses = weight·T²·KL(softmax(z(t)/T) ‖ softmax(z(s)/T)), in nats. stats holds, for the gradient, the mean of s, the
 * scale that makes u = z(s)/T of s − mean, log Σ exp(u); the same of t; and the slope below.
 */
export const standardisedLossReference: Reference = (
  { student, teacher, temperature, weights },
  { student: [rows, V] },
  _attributes,
  [losses, stats],
) => {
  const T = temperature[0];
  losses.fill(0);
  stats.fill(0);
  for (let row = 0; row < rows; row++) {
    if (weights[row] === 0) continue;
    const s = standardised(student, row, V, T);
    const t = standardised(teacher, row, V, T);
    let [divergence, shift] = [0, 0];
    for (let v = row * V; v < (row + 1) * V; v++) {
      const u = (student[v] - s.mean) * s.scale;
      const logS = u - s.logSum;
      const logT = (teacher[v] - t.mean) * t.scale - t.logSum;
      divergence += Math.exp(logT) * (logT - logS);
      shift += (Math.exp(logS) - Math.exp(logT)) * u;
    }
    losses[row] = weights[row] * T * T * divergence;
    // (E_s[z] − E_t[z])·u/((V − 1)·σ·scale) is what the deviation's change takes off softmax_s − softmax_t.
    const slope = s.deviation > 0 ? (shift * T) / ((V - 1) * s.deviation * s.scale) : 0;
    stats.set([s.mean, s.scale, s.logSum, t.mean, t.scale, t.logSum, slope], 7 * row);
  }
};

/** dstudent = dloss·weight·T²·scale·(softmax(u_s) − softmax(u_t) − slope·u_s), u = z/T. */
export const standardisedLossGradientReference: Reference = (
  { dlosses, student, teacher, temperature, weights, stats },
  { student: [rows, V] },
  _attributes,
  [dstudent],
) => {
  const T = temperature[0];
  dstudent.fill(0);
  for (let row = 0; row < rows; row++) {
    if (weights[row] === 0) continue;
    const [meanS, scaleS, logS, meanT, scaleT, logT, slope] = Array.from(
      { length: 7 },
      (_, i) => stats[7 * row + i],
    );
    const factor = dlosses[row] * weights[row] * T * T * scaleS;
    for (let v = row * V; v < (row + 1) * V; v++) {
      const u = (student[v] - meanS) * scaleS;
      const q = Math.exp((teacher[v] - meanT) * scaleT - logT);
      dstudent[v] = factor * (Math.exp(u - logS) - q - slope * u);
    }
  }
};
