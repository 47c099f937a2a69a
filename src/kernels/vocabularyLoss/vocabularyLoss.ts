/** Losses over the vocabulary in one pass: soft targets at a temperature and hard labels at T = 1. */
import * as tf from '@tensorflow/tfjs';
import { runKernel } from '../kernel';
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

/**
 * student [R, V] -> losses [2, R]: w₀ T² KL(softmax(t/T) ‖ softmax(s/T)) and −w₁ log softmax(s)[label], in nats; zeros
 * for a part that is left out. Differentiable in the student's logits alone.
 */
export function vocabularyLosses(
  student: tf.Tensor2D,
  { teacher, temperature, labels, weights }: VocabularyTargets,
): tf.Tensor2D {
  const attributes: VocabularyLossAttributes = { soft: teacher !== undefined, hard: labels !== undefined };
  const targets = {
    ...(teacher ? { teacher } : {}),
    temperature: temperature ?? tf.tensor1d([1]),
    ...(labels ? { labels } : {}),
    weights,
  };
  const names = Object.keys(targets);
  const operation = tf.customGrad((...args) => {
    const [student, save] = args as unknown as [tf.Tensor, tf.GradSaveFunc];
    const [value, stats] = runKernel(vocabularyLossKernel, { student, ...targets }, attributes);
    save([student, stats, ...(Object.values(targets) as tf.Tensor[])]);
    return {
      value,
      gradFunc: (dlosses: tf.Tensor, [student, stats, ...saved]: tf.Tensor[]) => {
        const inputs = {
          dlosses,
          student,
          stats,
          ...Object.fromEntries(names.map((name, i) => [name, saved[i]])),
        };
        return runKernel(vocabularyLossGradientKernel, inputs, attributes)[0];
      },
    };
  });
  return operation(student) as tf.Tensor2D;
}
