import * as tf from '@tensorflow/tfjs';
import { oneHotRows } from './oneHotRows';

/** Where each row's gold word is, and which position the permutation would take it to. */
export interface Shuffle {
  /** π, [V] int32: word j gets the logit of word π(j). */
  permutation: tf.Tensor1D;
  /** Gold word of each row, [N] int32. */
  gold: tf.Tensor1D;
  /** π⁻¹(gold) of each row, [N] int32. */
  goldPreimage: tf.Tensor1D;
}

/**
 * A control for dark knowledge: logits [N, V] with those of all words but the gold one permuted. Entropy and the gold
 * word's probability stay; what the teacher knows of the other words is gone.
 */
export function shuffledLogits(
  logits: tf.Tensor2D,
  { permutation, gold, goldPreimage }: Shuffle,
): tf.Tensor2D {
  const V = logits.shape[1];
  const permuted = tf.gather(logits, permutation, 1) as tf.Tensor2D;
  const atGold = oneHotRows(gold, V);
  const atPreimage = oneHotRows(goldPreimage, V);
  // The gold word gets its own logit back, and the word that held it gets what the gold word had been given.
  const exchange = logits.mul(atGold).sum(-1, true).sub(permuted.mul(atGold).sum(-1, true));
  return permuted.add(exchange.mul(atGold.sub(atPreimage)));
}
