/** Queries, keys or values of a layer. */
import type * as tf from '@tensorflow/tfjs';

const parts = ['query', 'key', 'value'] as const;
export type QkvPart = (typeof parts)[number];

/** [N, 3d], side by side -> [N, d]. */
export function part(qkv: tf.Tensor2D, name: QkvPart): tf.Tensor2D {
  const d = qkv.shape[1] / parts.length;
  return qkv.slice([0, parts.indexOf(name) * d], [-1, d]);
}
