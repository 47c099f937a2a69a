/** How well a model fills in the masked words of one batch. */
import * as tf from '@tensorflow/tfjs';
import type { Head } from '../config/heads';
import { vocabularyLosses } from '../kernels/vocabularyLoss/vocabularyLoss';
import type { BatchTensors } from './batchTensors';

/** Shares and counts of `WordFigures.sums`. */
export const wordFiguresWidth = 5;

export interface WordFigures {
  /** First guess for each of the M masked words, [M] int32. */
  guesses: tf.Tensor1D;
  /**
   * [5]: mean cross-entropy with the masked words, mean KL(teacher ‖ model) at T = 1 (both in nats); right guesses, and
   * guesses that are the teacher's; the sum of the squares of each word's share in that mean KL. What compares with the teacher is 0 without one.
   */
  sums: tf.Tensor1D;
}

/** What is read of a model's figures: the sums, and of a task each row's class too, [5] or [5 + M]. */
export function toldFigures({ sums, guesses }: WordFigures, { kind }: Head): tf.Tensor1D {
  return kind === 'mlm' ? sums : tf.concat([sums, guesses.cast('float32')]);
}

/** `logits` [M, V] of a model at the masked words, and the teacher's beside them with its guesses. */
export function wordFigures(
  logits: tf.Tensor2D,
  { labels, maskedWeights, rows }: BatchTensors,
  teacher: { maskedLogits: tf.Tensor2D; guesses: tf.Tensor1D } | null,
): WordFigures {
  const soft = teacher ? { teacher: teacher.maskedLogits, temperature: tf.tensor1d([1]) } : {};
  const shares = vocabularyLosses(logits, { ...soft, labels, weights: rows.masked.predictionShares });
  const [divergence, loss] = tf.unstack(shares.sum(1));
  const squares = tf.unstack(shares)[0].square().sum();
  const guesses = logits.argMax(-1) as tf.Tensor1D;
  const matching = (answers: tf.Tensor1D) => guesses.equal(answers).cast('float32').mul(maskedWeights).sum();
  const agreeing = teacher ? matching(teacher.guesses) : tf.scalar(0);
  const sums = tf.stack([loss, divergence, matching(labels), agreeing, squares]) as tf.Tensor1D;
  return { guesses, sums };
}
