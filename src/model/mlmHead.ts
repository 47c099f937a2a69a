import * as tf from '@tensorflow/tfjs';
import { gelu } from '../kernels/gelu/gelu';
import { linear, normaliseLayer, type Parameters } from './encoder';

/**
 * The masked-language-model head of BERT: dense, GELU, LayerNorm, then a decoder tied to the token embeddings plus a
 * bias. hidden [M, d] -> logits [M, V]. The gradient of the token embeddings sums both of their uses.
 */
export function mlmLogits(p: Parameters, hidden: tf.Tensor2D): tf.Tensor2D {
  const dense = gelu(linear(p, 'cls.predictions.transform.dense', hidden));
  const transformed = normaliseLayer(p, 'cls.predictions.transform.LayerNorm', dense);
  const decoder = p['bert.embeddings.word_embeddings.weight'] as tf.Tensor2D;
  return tf.matMul(transformed, decoder, false, true).add(p['cls.predictions.bias']);
}
