/** The mean squared error of two matrices as its rows' shares. */
import * as tf from '@tensorflow/tfjs';
import { runKernel } from '../kernel';
import { squaredErrorGradientKernel, squaredErrorKernel } from './kernel';

/**
 * a [R, C], b [R, C] (null: zeros), mask [B, C] (B divides R, row r of a takes row ⌊r·B/R⌋; null: ones)
 * -> Σ_c mask·(a - b)²/(R·C), [R], whose sum is the mean over all elements. Differentiable in `a` alone.
 */
export function squaredErrors(a: tf.Tensor2D, b: tf.Tensor2D | null, mask: tf.Tensor2D | null): tf.Tensor1D {
  const given = { a, ...(b && { b }), ...(mask && { mask }) };
  const operation = tf.customGrad((_a, save) => {
    (save as unknown as tf.GradSaveFunc)(Object.values(given));
    return {
      value: runKernel(squaredErrorKernel, given, {})[0],
      gradFunc: (drows: tf.Tensor, saved: tf.Tensor[]) => {
        const kept = Object.fromEntries(Object.keys(given).map((name, i) => [name, saved[i]]));
        return runKernel(squaredErrorGradientKernel, { drows, ...kept }, {})[0];
      },
    };
  });
  return operation(a) as tf.Tensor1D;
}
