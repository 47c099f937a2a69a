/**
 * The losses of DistilBERT (Sanh et al. 2019, arXiv:1910.01108; huggingface distillation/distiller.py).
 * Every loss is a mean over rows with weight 1 (tokens that count); rows with weight 0 (padding) add nothing.
 * N rows, V vocabulary, d hidden size, z_s and z_t logits of student and teacher. Losses are in nats where not noted.
 */
import * as tf from '@tensorflow/tfjs';
import { oneHotRows } from './oneHotRows';

/** The teacher's softened distribution, computed once and shared by all arms at the same T. */
export interface SoftTargets {
  temperature: number;
  /** p_t = softmax(z_t / T), [N, V]. */
  probabilities: tf.Tensor2D;
  /** Σ_v p_t log p_t, [N]. */
  negativeEntropy: tf.Tensor1D;
}

export function softTargets(teacherLogits: tf.Tensor2D, temperature: number): SoftTargets {
  const logProbabilities = tf.logSoftmax(teacherLogits.div(temperature)) as tf.Tensor2D;
  const probabilities = tf.exp(logProbabilities);
  return {
    temperature,
    probabilities,
    negativeEntropy: probabilities.mul(logProbabilities).sum(-1) as tf.Tensor1D,
  };
}

/** Σ w x / Σ w over rows; x and w [N], w 0 or 1. Where no row counts it is 0. */
const weightedMean = (x: tf.Tensor, weights: tf.Tensor1D) =>
  x.mul(weights).sum().div(tf.maximum(weights.sum(), 1)) as tf.Scalar;

/**
 * L_ce = T² · mean KL(softmax(z_t/T) ‖ softmax(z_s/T)), "batchmean" over the counted rows (distiller.py:411-417).
 * Its gradient is T (softmax(z_s/T) − softmax(z_t/T)) per counted row: T² keeps it alike in size as T grows
 * (Hinton et al. 2015, section 2.1).
 */
export function softTargetLoss(
  studentLogits: tf.Tensor2D,
  targets: SoftTargets,
  weights: tf.Tensor1D,
): tf.Scalar {
  const { temperature, probabilities, negativeEntropy } = targets;
  const logStudent = tf.logSoftmax(studentLogits.div(temperature));
  const divergence = negativeEntropy.sub(probabilities.mul(logStudent).sum(-1));
  return weightedMean(divergence, weights).mul(temperature ** 2);
}

/** L_mlm = mean −log softmax(z_s)[gold word] at T = 1, over the masked tokens (distiller.py:421). labels [M]. */
export function maskedWordLoss(
  studentLogits: tf.Tensor2D,
  labels: tf.Tensor1D,
  weights: tf.Tensor1D,
): tf.Scalar {
  return weightedMean(crossEntropy(studentLogits, labels), weights);
}

/** −log softmax(z)[label] per row: logits [M, V], labels [M] int32 -> [M]. */
export function crossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D {
  const gold = oneHotRows(labels, logits.shape[1]);
  return tf.logSoftmax(logits).mul(gold).sum(-1).neg() as tf.Tensor1D;
}

/** L_cos = mean 1 − cos(h_s, h_t), last hidden states [N, d] (distiller.py:434-448). A pure number from 0 to 2. */
export function cosineLoss(student: tf.Tensor2D, teacher: tf.Tensor2D, weights: tf.Tensor1D): tf.Scalar {
  // Torch's cosine_embedding_loss adds this to both squared norms.
  const epsilon = 1e-12;
  const squaredNorm = (h: tf.Tensor2D) => h.square().sum(-1).add(epsilon);
  const cosine = student
    .mul(teacher)
    .sum(-1)
    .div(squaredNorm(student).mul(squaredNorm(teacher)).sqrt());
  return weightedMean(tf.sub(1, cosine), weights);
}

/** L_mse = mean over rows of Σ_v (z_s − z_t)², raw logits, no T (distiller.py:430-432). In squared logits. */
export function logitsLoss(student: tf.Tensor2D, teacher: tf.Tensor2D, weights: tf.Tensor1D): tf.Scalar {
  return weightedMean(student.sub(teacher).square().sum(-1), weights);
}
