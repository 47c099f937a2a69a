/** Between covering what the teacher says and picking its favourite: one divergence with a dial. */
import type * as tf from '@tensorflow/tfjs';
import { runKernel, withGradient } from '../kernel';
import { divergenceGradientKernel, divergenceKernel } from './kernel';
import type { DivergenceAttributes } from './reference';

export interface DivergenceTargets {
  /** Logits of the teacher, [R, V]. */
  teacher: tf.Tensor2D;
  /** T, [1]. */
  temperature: tf.Tensor1D;
  /** β from 0 to 1, [1]. */
  beta: tf.Tensor1D;
  /** [R]: the rows' weights; a row of weight 0 doesn't count. */
  weights: tf.Tensor1D;
}

/**
 * student [R, V] -> [R]: weight·D_β(softmax(t/T), softmax(s/T)) in nats, without T². KL(p_t ‖ p_s) at β = 0, KL(p_s ‖ p_t)
 * at β = 1, the generalised Jensen-Shannon divergence between (at most ln 2); `even` divides that by β(1 − β), so that it
 * runs continuously into both. Temperature and β may change from step to step. Differentiable in the student's logits alone.
 */
export function divergences(
  student: tf.Tensor2D,
  targets: DivergenceTargets,
  attributes: DivergenceAttributes,
): tf.Tensor1D {
  const { teacher, temperature, beta, weights } = targets;
  const [losses] = withGradient(
    { student },
    (save) => {
      const inputs = { student, teacher, temperature, beta, weights };
      const [losses, stats] = runKernel(divergenceKernel, inputs, attributes);
      save([student, teacher, temperature, beta, weights, stats]);
      return [losses];
    },
    ([dlosses], [student, teacher, temperature, beta, weights, stats]) => {
      const inputs = { dlosses, student, teacher, temperature, beta, weights, stats };
      return { student: runKernel(divergenceGradientKernel, inputs, attributes)[0] };
    },
  );
  return losses as tf.Tensor1D;
}
