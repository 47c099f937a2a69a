/**
 * The losses of DistilBERT (Sanh et al. 2019, arXiv:1910.01108; huggingface distillation/distiller.py).
 * Every loss is a mean over the rows that count (tokens, or masked words); padding adds nothing. It is given as the
 * rows' shares of it, a vector whose sum is the loss, so that all terms of an objective are summed at once.
 * R rows, V vocabulary, d hidden size, z_s and z_t logits of student and teacher. Losses are in nats where not noted.
 */
import * as tf from '@tensorflow/tfjs';
import { cosineLosses } from '../kernels/cosineLoss/cosineLoss';
import { vocabularyLosses } from '../kernels/vocabularyLoss/vocabularyLoss';
import { oneHotRows } from './oneHotRows';

/** What a student's predictions are compared with, row by row; either part may be left out. */
export interface PredictionTargets {
  /** Soft targets: the teacher's logits z_t [R, V], and T as a tensor [1], since it changes while a run goes on. */
  soft?: { teacherLogits: tf.Tensor2D; temperature: tf.Tensor1D };
  /** Hard targets: the masked words [R] int32, −1 where a row has none. */
  hard?: { labels: tf.Tensor1D };
  /** [2, R]: the weight of each row in L_ce, and in L_mlm; each sums to 1, and is 0 where a row does not count. */
  shares: tf.Tensor2D;
}

/**
 * L_ce and L_mlm in one pass over the vocabulary: [2, R], the rows' shares of each (0 for a part that is left out).
 *
 * L_ce = T² · mean KL(softmax(z_t/T) ‖ softmax(z_s/T)), "batchmean" over the counted rows (distiller.py:411-417).
 * Its gradient is T (softmax(z_s/T) − softmax(z_t/T)) per counted row: T² keeps it alike in size as T grows
 * (Hinton et al. 2015, section 2.1).
 *
 * L_mlm = mean −log softmax(z_s)[masked word], always at T = 1 (distiller.py:421).
 */
export const predictionLosses = (
  studentLogits: tf.Tensor2D,
  { soft, hard, shares }: PredictionTargets,
): tf.Tensor2D =>
  vocabularyLosses(studentLogits, {
    teacher: soft?.teacherLogits,
    temperature: soft?.temperature,
    labels: hard?.labels,
    weights: shares,
  });

/**
 * L_cos = mean 1 − cos(h_s, h_t), last hidden states [R, d] (distiller.py:434-448): shares [R]. A pure number from 0 to 2.
 */
export const cosineLoss = (student: tf.Tensor2D, teacher: tf.Tensor2D, shares: tf.Tensor1D): tf.Tensor1D =>
  cosineLosses(student, teacher, shares);

/** L_mse = mean over rows of Σ_v (z_s − z_t)², raw logits, no T (distiller.py:430-432): shares [R]. In squared logits. */
export const logitsLoss = (student: tf.Tensor2D, teacher: tf.Tensor2D, shares: tf.Tensor1D): tf.Tensor1D =>
  student.sub(teacher).square().sum(-1).mul(shares);

/** −log softmax(z)[label] per row: logits [M, V], labels [M] int32 -> [M]. */
export function crossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D {
  const gold = oneHotRows(labels, logits.shape[1]);
  return tf.logSoftmax(logits).mul(gold).sum(-1).neg() as tf.Tensor1D;
}
