/** Soft targets from standardised logits: their pattern is matched, not their height or spread. */
import type * as tf from '@tensorflow/tfjs';
import { runKernel, withGradient } from '../kernel';
import { standardisedLossGradientKernel, standardisedLossKernel } from './kernel';

export interface StandardisedTargets {
  /** Logits of the teacher, [R, V]. */
  teacher: tf.Tensor2D;
  /** T, [1]. */
  temperature: tf.Tensor1D;
  /** [R]; 0 for a row that doesn't count. */
  weights: tf.Tensor1D;
}

/**
 * student [R, V], V at least 2 -> weight·T²·KL(softmax(z(t)/T) ‖ softmax(z(s)/T)), [R], in nats, with
 * z(x) = (x − mean)/(σ + 1e-7) over a row's words, σ with V − 1 in its denominator (Sun et al. 2024, arXiv:2403.01427,
 * algorithm 1). Rows that don't count give exactly 0 and get no gradient. Differentiable in the student's logits alone,
 * mean and deviation included; the gradient of a row grows as 1/σ when its logits come to be all alike.
 */
export function standardisedLosses(
  student: tf.Tensor2D,
  { teacher, temperature, weights }: StandardisedTargets,
): tf.Tensor1D {
  const [losses] = withGradient(
    { student },
    (save) => {
      const inputs = { student, teacher, temperature, weights };
      const [losses, stats] = runKernel(standardisedLossKernel, inputs, {});
      save([student, teacher, temperature, weights, stats]);
      return [losses];
    },
    ([dlosses], [student, teacher, temperature, weights, stats]) => {
      const inputs = { dlosses, student, teacher, temperature, weights, stats };
      return { student: runKernel(standardisedLossGradientKernel, inputs, {})[0] };
    },
  );
  return losses as tf.Tensor1D;
}
