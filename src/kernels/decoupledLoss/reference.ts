/**
 * The definition of decoupled distillation's two losses (DKD, Zhao et al. 2022, arXiv:2203.08679) and of their gradient,
 * on plain arrays.
 *
 * R rows of logits over V words, T the temperature, g a row's gold word. A softmax at T is two things: how probable the
 * gold word is beside all others, p = σ(z_g/T − log Σ_{v≠g} exp(z_v/T)), and how the others share the rest,
 * q_v = exp(z_v/T) / Σ_{u≠g} exp(z_u/T). KL of the softmaxes = TCKD + (1 − p_t)·NCKD (equation 7), with TCKD the
 * divergence of (p, 1 − p) and NCKD that of q.
 *
 * A row counts if its weight isn't 0 and its gold word isn't negative. What doesn't count is 0, statistics included.
 */
import type { FusedKernel, Values } from '../kernel';

type Reference = FusedKernel['reference'];

/** log Σ exp(z_v/T) over the words of a row of V logits without one of them. */
function logSumOfOthers(logits: ArrayLike<number>, row: number, V: number, gold: number, T: number): number {
  let max = Number.NEGATIVE_INFINITY;
  for (let v = 0; v < V; v++) if (v !== gold) max = Math.max(max, logits[row * V + v] / T);
  let sum = 0;
  for (let v = 0; v < V; v++) if (v !== gold) sum += Math.exp(logits[row * V + v] / T - max);
  return max + Math.log(sum);
}

/** log σ(x), with all digits also where σ(x) is next to 0 or to 1. */
const logSigmoid = (x: number) => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));

const weightOf = ({ gold, weights }: Values, row: number) => (gold[row] >= 0 ? weights[row] : 0);

/**
 * losses[0] = weight·T²·TCKD and losses[1] = weight·T²·NCKD, in nats; T² as in the authors' code (mdistiller, DKD.py).
 * stats holds, for the gradient, log Σ_{v≠g} exp of s/T and of t/T, and p_s − p_t.
 */
export const decoupledLossReference: Reference = (
  inputs,
  { student: [rows, V] },
  _attributes,
  [losses, stats],
) => {
  const { student, teacher, temperature, gold } = inputs;
  const T = temperature[0];
  losses.fill(0);
  stats.fill(0);
  for (let row = 0; row < rows; row++) {
    const weight = weightOf(inputs, row);
    if (weight === 0) continue;
    const ofStudent = logSumOfOthers(student, row, V, gold[row], T);
    const ofTeacher = logSumOfOthers(teacher, row, V, gold[row], T);
    const s = student[row * V + gold[row]] / T - ofStudent;
    const t = teacher[row * V + gold[row]] / T - ofTeacher;
    const [goldS, goldT, restS, restT] = [logSigmoid(s), logSigmoid(t), logSigmoid(-s), logSigmoid(-t)];
    let others = 0;
    for (let v = 0; v < V; v++) {
      if (v === gold[row]) continue;
      const logT = teacher[row * V + v] / T - ofTeacher;
      others += Math.exp(logT) * (logT - (student[row * V + v] / T - ofStudent));
    }
    losses[row] = weight * T * T * (Math.exp(goldT) * (goldT - goldS) + Math.exp(restT) * (restT - restS));
    losses[rows + row] = weight * T * T * others;
    stats[3 * row] = ofStudent;
    stats[3 * row + 1] = ofTeacher;
    // Written so that it keeps its digits where both are next to 1.
    stats[3 * row + 2] = Math.exp(goldS + restT) - Math.exp(goldT + restS);
  }
};

/**
 * dstudent_g = dlosses[0]·weight·T·(p_s − p_t), and for the other words
 * dstudent_v = −dlosses[0]·weight·T·(p_s − p_t)·q_s + dlosses[1]·weight·T·(q_s − q_t).
 */
export const decoupledLossGradientReference: Reference = (
  inputs,
  { student: [rows, V] },
  _attributes,
  [dstudent],
) => {
  const { dlosses, student, teacher, temperature, gold, stats } = inputs;
  const T = temperature[0];
  dstudent.fill(0);
  for (let row = 0; row < rows; row++) {
    const weight = weightOf(inputs, row);
    if (weight === 0) continue;
    const [ofStudent, ofTeacher, difference] = [stats[3 * row], stats[3 * row + 1], stats[3 * row + 2]];
    const bins = dlosses[row] * weight * T * difference;
    const others = dlosses[rows + row] * weight * T;
    for (let v = 0; v < V; v++) {
      const s = Math.exp(student[row * V + v] / T - ofStudent);
      const t = Math.exp(teacher[row * V + v] / T - ofTeacher);
      dstudent[row * V + v] = v === gold[row] ? bins : others * (s - t) - bins * s;
    }
  }
};
