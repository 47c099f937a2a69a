import * as tf from '@tensorflow/tfjs';

/**
 * √Σ‖g‖² over all gradients, a scalar. Stacked, not given to addN: that makes one GPU program with an input for each
 * of them, and WebGPU drops a program with more inputs than it can bind (tfjs 4.22 says nothing; `stack` splits).
 */
export const globalNorm = (gradients: tf.Tensor[]): tf.Scalar =>
  tf.tidy(
    () =>
      tf
        .stack(gradients.map((g) => g.square().sum()))
        .sum()
        .sqrt() as tf.Scalar,
  );

/** Gradients times min(1, bound/(norm + 1e-6)), as torch.nn.utils.clip_grad_norm_ scales them. */
export function clipped<T extends Record<string, tf.Tensor>>(
  gradients: T,
  norm: tf.Scalar,
  bound: number,
): T {
  return tf.tidy(() => {
    const scale = tf.minimum(1, tf.div(bound, norm.add(1e-6)));
    return Object.fromEntries(Object.entries(gradients).map(([name, g]) => [name, g.mul(scale)])) as T;
  });
}
