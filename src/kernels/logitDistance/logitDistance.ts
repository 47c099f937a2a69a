/** The squared distance of the student's logits from the teacher's, which may be scaled. */
import type * as tf from '@tensorflow/tfjs';
import { runKernel, withGradient } from '../kernel';
import { logitDistanceGradientKernel, logitDistanceKernel } from './kernel';

export interface DistanceTargets {
  /** Logits of the teacher, [R, V]. */
  teacher: tf.Tensor2D;
  /** What they are multiplied by, [1]: 1 to match them, t/T_max in annealing KD (Jafari et al. 2021, arXiv:2104.07163). */
  scale: tf.Tensor1D;
  /** [R]; 0 for a row that doesn't count. */
  weights: tf.Tensor1D;
}

/**
 * student s [R, V] -> weight·Σ_v (s − scale·t)², [R], in squared logits; raw logits, no T. Rows that don't count give
 * exactly 0 and get no gradient. Differentiable in the student's logits alone.
 */
export function logitDistances(
  student: tf.Tensor2D,
  { teacher, scale, weights }: DistanceTargets,
): tf.Tensor1D {
  const [distances] = withGradient(
    { student },
    (save) => {
      save([student, teacher, scale, weights]);
      return runKernel(logitDistanceKernel, { student, teacher, scale, weights }, {});
    },
    ([ddistances], [student, teacher, scale, weights]) => {
      const inputs = { ddistances, student, teacher, scale, weights };
      return { student: runKernel(logitDistanceGradientKernel, inputs, {})[0] };
    },
  );
  return distances as tf.Tensor1D;
}
