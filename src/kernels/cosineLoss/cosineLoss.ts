/** One minus the cosine of two vectors, row by row. */
import * as tf from '@tensorflow/tfjs';
import { runKernel } from '../kernel';
import { cosineLossGradientKernel, cosineLossKernel } from './kernel';

/**
 * student, teacher [R, d], weights [R] -> weight·(1 - cos), [R]. 1e-12 is added to both squared norms, as in torch's
 * cosine_embedding_loss. Differentiable in `student` alone.
 */
export function cosineLosses(student: tf.Tensor2D, teacher: tf.Tensor2D, weights: tf.Tensor1D): tf.Tensor1D {
  const operation = tf.customGrad((_student, save) => {
    (save as unknown as tf.GradSaveFunc)([student, teacher, weights]);
    return {
      value: runKernel(cosineLossKernel, { student, teacher, weights }, {})[0],
      gradFunc: (dlosses: tf.Tensor, [student, teacher, weights]: tf.Tensor[]) =>
        runKernel(cosineLossGradientKernel, { dlosses, student, teacher, weights }, {})[0],
    };
  });
  return operation(student) as tf.Tensor1D;
}
