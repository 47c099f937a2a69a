/**
 * The optimiser's operations. Two of them write into tensors that are there: they go to the backend's kernel directly,
 * past tfjs's tape and its rule that an operation makes new tensors.
 */
import * as tf from '@tensorflow/tfjs';
import { type FusedKernel, runKernel } from '../kernel';
import { accumulateKernel, adamWKernel, squaredNormKernel } from './kernel';

export interface AdamWTensors {
  /** θ, [P], changed; P is a multiple of 64. */
  parameters: tf.Tensor1D;
  /** m and v, [2, P], changed. */
  moments: tf.Tensor2D;
  /** [P] */
  gradients: tf.Tensor1D;
  /** [256], `squaredNorm` of the gradients. */
  norms: tf.Tensor1D;
  /** [P / 64], for each block of 64 parameters: 0 leave as it is, 1 update without weight decay, 2 with it. */
  decay: tf.Tensor1D;
  /** [12], see hyper.ts. */
  hyper: tf.Tensor1D;
  /** Losses to note, [W]. */
  report: tf.Tensor1D;
  /** [slots, W + 1]; the slot that `hyper` names is changed to the report and the gradients' norm before clipping. */
  ring: tf.Tensor2D;
}

/** x [P] -> [256], whose sum is the sum of the squares of x. */
export const squaredNorm = (x: tf.Tensor1D) => runKernel(squaredNormKernel, { x }, {})[0] as tf.Tensor1D;

/** One update of AdamW (Loshchilov and Hutter 2019, algorithm 2), in place, with the global norm clipped first. */
export function adamWInPlace(tensors: AdamWTensors) {
  const { parameters, moments, gradients, norms, decay, hyper, report, ring } = tensors;
  runInPlace(adamWKernel, { parameters, moments, gradients, norms, decay, hyper, report, ring });
}

/** sum [n] ← value [n] where `first` [1] is not 0, sum + value where it is. */
export function accumulateInPlace(sum: tf.Tensor1D, value: tf.Tensor1D, first: tf.Tensor1D) {
  runInPlace(accumulateKernel, { sum, value, first });
}

function runInPlace({ name }: FusedKernel, inputs: tf.NamedTensorMap) {
  const backend = tf.getBackend();
  const kernel = tf.getKernel(name, backend);
  if (!kernel) throw new Error(`${name} is not registered for the backend ${backend}`);
  kernel.kernelFunc({ inputs, attrs: {}, backend: tf.backend() });
}
