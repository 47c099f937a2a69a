/** Decoupled knowledge distillation: what the teacher says of the gold word, and what of all the others, apart. */
import type * as tf from '@tensorflow/tfjs';
import { runKernel, withGradient } from '../kernel';
import { decoupledLossGradientKernel, decoupledLossKernel } from './kernel';

export interface DecoupledTargets {
  /** Logits of the teacher, [R, V]. */
  teacher: tf.Tensor2D;
  /** T, [1]. */
  temperature: tf.Tensor1D;
  /** The row's right word, [R] int32; -1 for a row that doesn't count. */
  gold: tf.Tensor1D;
  /** [R]; 0 for a row that doesn't count. */
  weights: tf.Tensor1D;
}

/**
 * student [R, V], V at least 2 -> [2, R]: weight·T²·TCKD and weight·T²·NCKD, in nats (Zhao et al. 2022,
 * arXiv:2203.08679, equations 5 to 7). TCKD is the divergence of gold word against not the gold word; NCKD that of the
 * other words, renormalised without the gold one, and 0 where there are two words. Rows that don't count give exactly 0
 * and get no gradient. Differentiable in the student's logits alone.
 */
export function decoupledLosses(
  student: tf.Tensor2D,
  { teacher, temperature, gold, weights }: DecoupledTargets,
): tf.Tensor2D {
  const [losses] = withGradient(
    { student },
    (save) => {
      const inputs = { student, teacher, temperature, gold, weights };
      const [losses, stats] = runKernel(decoupledLossKernel, inputs, {});
      save([student, teacher, temperature, gold, weights, stats]);
      return [losses];
    },
    ([dlosses], [student, teacher, temperature, gold, weights, stats]) => {
      const inputs = { dlosses, student, teacher, temperature, gold, weights, stats };
      return { student: runKernel(decoupledLossGradientKernel, inputs, {})[0] };
    },
  );
  return losses as tf.Tensor2D;
}
