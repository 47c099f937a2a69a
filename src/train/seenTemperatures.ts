/**
 * How far students are from the teacher at temperatures that they need not have been trained at: both are softened at the
 * same T, and no T² makes distances of different T look alike.
 */
import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../data/batches';
import { vocabularyLosses } from '../kernels/vocabularyLoss/vocabularyLoss';
import { BatchTensors } from './batchTensors';
import { batchSizes, sizesOf } from './evaluation';
import { forward, onlyAsked } from './forward';
import type { Model } from './model';

/**
 * For each student KL(softmax(t/T) ‖ softmax(s/T)) in nats at each of these T, the mean over all that `batches` ask for: masked
 * words, or rows of a task.
 * @param batches of one shape
 * @param pause awaited after each batch, so that commands are heard; what it throws ends it
 */
export async function seenAtTemperatures(
  teacher: Model,
  students: readonly { id: string; model: Model }[],
  batches: readonly Batch[],
  temperatures: readonly number[],
  pause: () => Promise<void>,
): Promise<Record<string, number[]>> {
  const sums = students.map(() => temperatures.map(() => 0));
  const asked = batches.reduce((sum, { maskedCount }) => sum + maskedCount, 0);
  const inputs = new BatchTensors(batchSizes(batches[0], ...sizesOf(teacher)));
  try {
    for (const batch of batches) {
      inputs.write(batch, null);
      const means = tf.tidy(() => {
        const taught = forward(teacher, inputs, onlyAsked).maskedLogits!;
        const ofStudent = ({ model }: { model: Model }) => {
          const own = forward(model, inputs, onlyAsked).maskedLogits!;
          return temperatures.map((T) => divergenceAt(T, taught, own, inputs));
        };
        return tf.stack(students.flatMap(ofStudent));
      });
      const values = await means.data().finally(() => means.dispose());
      sums.forEach((own, student) => {
        for (let i = 0; i < own.length; i++) {
          own[i] += values[student * temperatures.length + i] * batch.maskedCount;
        }
      });
      await pause();
    }
  } finally {
    inputs.dispose();
  }
  return Object.fromEntries(
    students.map(({ id }, i) => [id, sums[i].map((sum) => sum / Math.max(1, asked))]),
  );
}

/** The mean over one batch, a scalar. Losses come as T² KL, each row's times its share in the mean. */
const divergenceAt = (T: number, teacher: tf.Tensor2D, student: tf.Tensor2D, { rows }: BatchTensors) =>
  tf
    .unstack(
      vocabularyLosses(student, {
        teacher,
        temperature: tf.tensor1d([T]),
        weights: rows.masked.predictionShares,
      }),
    )[0]
    .sum()
    .div(T * T);
