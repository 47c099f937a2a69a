/** How the tokens of a sequence relate to each other: scaled products of their vectors, head by head. */
import * as tf from '@tensorflow/tfjs';
import { runKernel } from '../kernel';
import { relationsGradientKernel, relationsKernel } from './kernel';
import type { RelationAttributes } from './reference';

/** x [N, H·k], the k columns of each of H heads side by side, N = B·L -> x xᵀ/√k, [H, B, L, L]. Differentiable. */
export function relations(x: tf.Tensor2D, attributes: RelationAttributes): tf.Tensor4D {
  const operation = tf.customGrad((...args) => {
    const [x, save] = args as unknown as [tf.Tensor, tf.GradSaveFunc];
    save([x]);
    return {
      value: runKernel(relationsKernel, { x }, attributes)[0],
      gradFunc: (dscores: tf.Tensor, [x]: tf.Tensor[]) =>
        runKernel(relationsGradientKernel, { dscores, x }, attributes)[0],
    };
  });
  return operation(x) as tf.Tensor4D;
}
