/** Layer normalisation over the last axis (Ba et al. 2016). */
import type * as tf from '@tensorflow/tfjs';
import { runKernel, withGradient } from '../kernel';
import { layerNormGradientKernel, layerNormKernel } from './kernel';

/** x [R, d], gain [d], bias [d] -> (x - mean)/√(variance + ε)·gain + bias, [R, d]. */
export function layerNorm(
  x: tf.Tensor2D,
  gain: tf.Tensor1D,
  bias: tf.Tensor1D,
  epsilon: number,
): tf.Tensor2D {
  const [y] = withGradient(
    { x, gain, bias },
    (save) => {
      const [y, moments] = runKernel(layerNormKernel, { x, gain, bias }, { epsilon });
      save([x, gain, moments]);
      return [y];
    },
    ([dy], [x, gain, moments]) => {
      const [dx, dgain, dbias] = runKernel(layerNormGradientKernel, { dy, x, gain, moments }, {});
      return { x: dx, gain: dgain, bias: dbias };
    },
  );
  return y as tf.Tensor2D;
}
