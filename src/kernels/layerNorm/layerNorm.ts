/** Layer normalisation over the last axis (Ba et al. 2016). */
import * as tf from '@tensorflow/tfjs';
import { runKernel } from '../kernel';
import { layerNormGradientKernel, layerNormKernel } from './kernel';
import type { LayerNormAttributes } from './reference';

/** x [R, d], gain [d], bias [d] -> (x - mean)/√(variance + ε)·gain + bias, [R, d]. */
export const layerNorm = (x: tf.Tensor2D, gain: tf.Tensor1D, bias: tf.Tensor1D, epsilon: number) =>
  runKernel(layerNormKernel, { x, gain, bias }, { epsilon })[0] as tf.Tensor2D;

tf.registerGradient({
  kernelName: layerNormKernel.name,
  inputsToSave: ['x', 'gain'],
  gradFunc: (dy, [x, gain], attributes) => {
    const inputs = { dy: dy as tf.Tensor, x, gain };
    const { epsilon } = attributes as unknown as LayerNormAttributes;
    const [dx, dgain, dbias] = runKernel(layerNormGradientKernel, inputs, { epsilon });
    return { x: () => dx, gain: () => dgain, bias: () => dbias };
  },
});
