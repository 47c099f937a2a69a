/** Losses over the vocabulary in one pass: soft targets at a temperature and hard labels at T = 1. */
import * as tf from '@tensorflow/tfjs';
import { runKernel, withGradient } from '../kernel';
import { vocabularyLossGradientKernel, vocabularyLossKernel } from './kernel';
import type { VocabularyLossAttributes } from './reference';

export interface VocabularyTargets {
  /** Logits of the teacher, [R, V], and T as a tensor [1]; both or neither. */
  teacher?: tf.Tensor2D;
  temperature?: tf.Tensor1D;
  /** [R] int32, -1 for a row without. */
  labels?: tf.Tensor1D;
  /** [2, R]: the rows' weights in the soft and in the hard loss. */
  weights: tf.Tensor2D;
}

export interface VocabularyOptions {
  /** The soft loss is T² times the cross-entropy −Σ p_t log p_s in place of T² KL, with the same gradient for the student. */
  crossEntropy?: boolean;
  /** The soft loss is differentiable in the temperature too, T² included: for one that is learned. */
  temperatureGradient?: boolean;
}

/**
 * student [R, V] -> losses [2, R]: w₀ T² KL(softmax(t/T) ‖ softmax(s/T)) and −w₁ log softmax(s)[label], in nats; zeros
 * for a part that is left out. Differentiable in the student's logits, and where asked in the temperature.
 */
export function vocabularyLosses(
  student: tf.Tensor2D,
  { teacher, temperature, labels, weights }: VocabularyTargets,
  { crossEntropy = false, temperatureGradient = false }: VocabularyOptions = {},
): tf.Tensor2D {
  const soft = teacher !== undefined;
  const attributes: VocabularyLossAttributes = {
    soft,
    hard: labels !== undefined,
    crossEntropy,
    temperatureGradient: temperatureGradient && soft,
  };
  const targets = {
    ...(teacher ? { teacher } : {}),
    temperature: temperature ?? tf.tensor1d([1]),
    ...(labels ? { labels } : {}),
    weights,
  };
  const names = Object.keys(targets);
  const learned: Record<string, tf.Tensor> = { student };
  if (attributes.temperatureGradient) learned.temperature = targets.temperature;
  const [losses] = withGradient(
    learned,
    (save) => {
      const [losses, stats, ...slopes] = runKernel(vocabularyLossKernel, { student, ...targets }, attributes);
      save([student, stats, ...(Object.values(targets) as tf.Tensor[]), ...slopes]);
      return [losses];
    },
    ([dlosses], [student, stats, ...saved]) => {
      const known = Object.fromEntries(names.map((name, i) => [name, saved[i]]));
      const inputs = { dlosses, student, stats, ...known };
      const [dstudent] = runKernel(vocabularyLossGradientKernel, inputs, attributes);
      const slopes = saved.at(names.length);
      return { student: dstudent, ...(slopes ? { temperature: sumOver(dlosses, slopes) } : {}) };
    },
  );
  return losses as tf.Tensor2D;
}

/** [1]: Σ dlosses[0]·slopes, the derivative by the temperature that all rows share. */
const sumOver = (dlosses: tf.Tensor, slopes: tf.Tensor) =>
  dlosses.slice([0, 0], [1, slopes.size]).flatten().mul(slopes).sum(0, true);
