/** Inverted dropout: a number becomes 0 with odds p, or 1/(1 − p) times itself. Nothing is kept but the seed. */
import * as tf from '@tensorflow/tfjs';
import { runKernel, sizeOf } from '../kernel';
import { dropoutKernel } from './kernel';

/** How a pass drops numbers. */
export interface Dropout {
  /** p, the odds that a number is dropped: 0 < p < 1. Part of a recording, unlike the seed. */
  rate: number;
  /** [1] int32 on the device, where it stays while gradients are wanted. Another seed draws anew. */
  seed: tf.Tensor1D;
}

/** One dropout of a model: no two places have the same draws. */
export interface DropoutAt extends Dropout {
  place: number;
}

/** x ∘ f + residual, without a gradient; the gradient of x is that of the result, dropped alike. */
export const dropped = ({ rate, seed, place }: DropoutAt, x: tf.Tensor, residual?: tf.Tensor): tf.Tensor =>
  runKernel(dropoutKernel, { seed, x, residual }, { rate, place, count: 0 })[0];

/** The factors f themselves, of this shape. */
export const dropoutFactors = ({ rate, seed, place }: DropoutAt, shape: number[]): tf.Tensor =>
  runKernel(dropoutKernel, { seed }, { rate, place, count: sizeOf(shape) })[0].reshape(shape);

/** x ∘ f, of any shape; x itself where nothing is dropped. */
export function dropout<T extends tf.Tensor>(x: T, at: DropoutAt | null): T {
  if (!at) return x;
  const operation = tf.customGrad((x) => ({
    value: dropped(at, x as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => dropped(at, dy),
  }));
  return operation(x) as T;
}
