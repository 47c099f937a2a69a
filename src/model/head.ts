import * as tf from '@tensorflow/tfjs';
import type { Head } from '../config/heads';
import { type Dropout, dropout as drop } from '../kernels/dropout/dropout';
import { headPlace, linear, type Parameters } from './encoder';
import { mlmLogits } from './mlmHead';
import { poolerDense, preClassifier } from './parameterNames';

/**
 * What a model says of hidden states: rows [M, d], of masked places or of each sequence's [CLS] -> logits [M, V] or
 * [M, C]. Dropout is for what classifies alone; BERT's MLM head has none.
 */
export const headLogits = (
  head: Head,
  p: Parameters,
  rows: tf.Tensor2D,
  layers: number,
  dropout: Dropout | null = null,
): tf.Tensor2D => (head.kind === 'mlm' ? mlmLogits(p, rows) : classLogits(p, rows, layers, dropout));

/**
 * [CLS]'s last hidden states [M, d] -> logits [M, C]: under BERT's pooler, dense and tanh (BertForSequenceClassification),
 * or DistilBERT's dense and ReLU where a model has no pooler (DistilBertForSequenceClassification). TinyBERT's program has
 * a ReLU after the tanh as well (modeling.py, 1135); its paper doesn't say so, and no config.json could tell such a model
 * from BERT's, which another program would read it as.
 */
export function classLogits(
  p: Parameters,
  rows: tf.Tensor2D,
  layers: number,
  dropout: Dropout | null = null,
): tf.Tensor2D {
  const pooled = p[`${poolerDense}.weight`]
    ? tf.tanh(linear(p, poolerDense, rows))
    : tf.relu(linear(p, preClassifier, rows));
  return linear(p, 'classifier', drop(pooled, dropout && { ...dropout, place: headPlace(layers) }));
}
