/**
 * The definition of the losses over the vocabulary and of their gradient, on plain arrays.
 *
 * R rows of logits over V words, T the temperature. Each row has a soft term (against the teacher) and a hard one
 * (against a label), each with its weight; a row's term counts if the weight isn't 0 and, for the hard one, if its
 * label isn't negative. What doesn't count is 0, statistics included.
 */
import type { FusedKernel, Values } from '../kernel';

export type VocabularyLossAttributes = {
  /** Whether there is a teacher. */
  soft: boolean;
  /** Whether there are labels. */
  hard: boolean;
  /** Whether the soft term is T² times the cross-entropy −Σ p_t log p_s in place of T² KL; its gradient is the same. */
  crossEntropy: boolean;
  /** Whether the derivative of the soft term by T is wanted. */
  temperatureGradient: boolean;
};

/** log Σ_v exp(z_v/T) over a row of V logits. */
function logSumExp(logits: ArrayLike<number>, row: number, V: number, T: number): number {
  let max = Number.NEGATIVE_INFINITY;
  for (let v = 0; v < V; v++) max = Math.max(max, logits[row * V + v] / T);
  let sum = 0;
  for (let v = 0; v < V; v++) sum += Math.exp(logits[row * V + v] / T - max);
  return max + Math.log(sum);
}

const weightOf = ({ teacher, labels, weights }: Values, row: number, rows: number) => ({
  soft: teacher ? weights[row] : 0,
  hard: labels && labels[row] >= 0 ? weights[rows + row] : 0,
});

/**
 * losses[0] = weight·T²·KL(softmax(t/T) ‖ softmax(s/T)) (Hinton et al. 2015, section 2; T² as DistilBERT has it) and
 * losses[1] = weight·(−log softmax(s)[label]), in nats. stats holds log Σ exp of s, s/T and t/T for the gradient.
 *
 * slopes, if wanted, is the derivative of losses[0] by T: weight·(2T·L + T²·dL/dT) for L the divergence, where
 * dL/dT = (E_t[s] − E_s[s])/T² − Cov_t(t, t − s)/T³, expectations and covariance under softmax(t/T) and softmax(s/T);
 * with the cross-entropy, which knows nothing of the teacher's entropy, − s in place of t − s.
 */
export const vocabularyLossReference: FusedKernel<VocabularyLossAttributes>['reference'] = (
  inputs,
  { student: [rows, V] },
  { crossEntropy },
  [losses, stats, slopes],
) => {
  const { student, teacher, temperature, labels } = inputs;
  const T = temperature[0];
  losses.fill(0);
  stats.fill(0);
  slopes?.fill(0);
  for (let row = 0; row < rows; row++) {
    const weight = weightOf(inputs, row, rows);
    if (weight.soft !== 0) {
      const logStudent = logSumExp(student, row, V, T);
      const logTeacher = logSumExp(teacher, row, V, T);
      let divergence = 0;
      let meanTeacher = 0;
      for (let v = row * V; v < (row + 1) * V; v++) {
        const t = teacher[v] / T - logTeacher;
        divergence += Math.exp(t) * ((crossEntropy ? 0 : t) - (student[v] / T - logStudent));
        meanTeacher += Math.exp(t) * t;
      }
      losses[row] = weight.soft * T * T * divergence;
      if (slopes) {
        let moved = 0;
        let covariance = 0;
        for (let v = row * V; v < (row + 1) * V; v++) {
          const t = teacher[v] / T - logTeacher;
          const s = student[v] / T - logStudent;
          moved += (Math.exp(t) - Math.exp(s)) * s;
          covariance += Math.exp(t) * (t - meanTeacher) * ((crossEntropy ? 0 : t) - s - divergence);
        }
        slopes[row] = weight.soft * T * (2 * divergence + moved - covariance);
      }
      stats[4 * row + 1] = logStudent;
      stats[4 * row + 2] = logTeacher;
    }
    if (weight.hard !== 0) {
      const logStudent = logSumExp(student, row, V, 1);
      losses[rows + row] = weight.hard * (logStudent - student[row * V + labels[row]]);
      stats[4 * row] = logStudent;
    }
  }
};

/** dstudent = dlosses[0]·weight·T·(softmax(s/T) − softmax(t/T)) + dlosses[1]·weight·(softmax(s) − onehot(label)). */
export const vocabularyLossGradientReference: FusedKernel<VocabularyLossAttributes>['reference'] = (
  inputs,
  { student: [rows, V] },
  _attributes,
  [dstudent],
) => {
  const { dlosses, student, teacher, temperature, labels, stats } = inputs;
  const T = temperature[0];
  for (let row = 0; row < rows; row++) {
    const weight = weightOf(inputs, row, rows);
    const soft = dlosses[row] * weight.soft * T;
    const hard = dlosses[rows + row] * weight.hard;
    const [atOne, atT, ofTeacher] = [stats[4 * row], stats[4 * row + 1], stats[4 * row + 2]];
    for (let v = 0; v < V; v++) {
      const at = row * V + v;
      let gradient = 0;
      if (soft !== 0) {
        gradient += soft * (Math.exp(student[at] / T - atT) - Math.exp(teacher[at] / T - ofTeacher));
      }
      if (hard !== 0) gradient += hard * (Math.exp(student[at] - atOne) - (labels[row] === v ? 1 : 0));
      dstudent[at] = gradient;
    }
  }
};
