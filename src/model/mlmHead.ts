import type * as tf from '@tensorflow/tfjs';
import { linear as product } from '../kernels/matMul/matMul';
import { linear, normaliseLayer, type Parameters } from './encoder';

const transform = 'cls.predictions.transform';

/**
 * The masked-language-model head of BERT: dense, GELU, LayerNorm, then a decoder tied to the token embeddings plus a
 * bias. hidden [M, d] -> logits [M, V]. The gradient of the token embeddings sums both of their uses. A model that has no
 * such transform (as in the benchmark) is decoded as it is.
 */
export function mlmLogits(p: Parameters, hidden: tf.Tensor2D): tf.Tensor2D {
  let transformed = hidden;
  if (p[`${transform}.dense.weight`]) {
    const dense = linear(p, `${transform}.dense`, hidden, { activation: 'gelu' });
    transformed = normaliseLayer(p, `${transform}.LayerNorm`, dense);
  }
  const decoder = p['bert.embeddings.word_embeddings.weight'] as tf.Tensor2D;
  return product(transformed, decoder, p['cls.predictions.bias'] as tf.Tensor1D);
}
