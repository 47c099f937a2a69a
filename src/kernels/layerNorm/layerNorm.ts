/** Layer normalisation over the last axis (Ba et al. 2016). */
import * as tf from '@tensorflow/tfjs';
import { runKernel } from '../kernel';
import { layerNormGradientKernel, layerNormKernel } from './kernel';

/** x [R, d], gain [d], bias [d] -> (x - mean)/√(variance + ε)·gain + bias, [R, d]. */
export const layerNorm = (x: tf.Tensor2D, gain: tf.Tensor1D, bias: tf.Tensor1D, epsilon: number) =>
  runKernel(layerNormKernel, { x, gain, bias }, { epsilon })[0] as tf.Tensor2D;

tf.registerGradient({
  kernelName: layerNormKernel.name,
  inputsToSave: ['x', 'gain'],
  outputsToSave: [false, true],
  gradFunc: (dys, [x, gain, moments]) => {
    const [dy] = dys as tf.Tensor[];
    const [dx, dgain, dbias] = runKernel(layerNormGradientKernel, { dy, x, gain, moments }, {});
    return { x: () => dx, gain: () => dgain, bias: () => dbias };
  },
});
