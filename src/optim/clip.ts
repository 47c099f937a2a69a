import * as tf from '@tensorflow/tfjs';

/** √Σ‖g‖² over all gradients, a scalar. */
export const globalNorm = (gradients: tf.Tensor[]): tf.Scalar =>
  tf.tidy(() => tf.addN(gradients.map((g) => g.square().sum())).sqrt() as tf.Scalar);

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
