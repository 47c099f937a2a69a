/** The class that each model says of rows of a task: of all that are held out, or of variants of those to train on. */
import * as tf from '@tensorflow/tfjs';
import type { ClassGuess } from '../config/results';
import type { Batch } from '../data/batches';
import { BatchTensors } from './batchTensors';
import { batchSizes, sizesOf } from './evaluation';
import { forward, onlyAsked } from './forward';
import { mostProbable } from './guessMasked';
import type { Model } from './model';

/**
 * A guess of each model for each row, by their `heldOutRows`.
 * @param batches all held-out batches of one task, of one shape
 * @param pause awaited after each batch with the share that is done, so that commands are heard; what it throws ends it
 */
export async function guessClasses(
  models: readonly { id: string; model: Model }[],
  batches: readonly Batch[],
  pause: (share: number) => Promise<void>,
): Promise<Record<string, ClassGuess[]>> {
  const guesses = models.map((): ClassGuess[] => []);
  const inputs = new BatchTensors(batchSizes(batches[0], ...sizesOf(models[0].model)));
  const classes = inputs.sizes.answers!;
  try {
    for (const [i, batch] of batches.entries()) {
      inputs.write(batch, null);
      const logits = tf.tidy(() =>
        tf.stack(models.map(({ model }) => forward(model, inputs, onlyAsked).maskedLogits!)),
      );
      const values = (await logits.data().finally(() => logits.dispose())) as Float32Array;
      guesses.forEach((own, model) => {
        for (let b = 0; b < batch.sequenceCount; b++) {
          own[batch.heldOutRows![b]] = guessOf(values, model * batch.batchSize + b, classes);
        }
      });
      await pause((i + 1) / batches.length);
    }
  } finally {
    inputs.dispose();
  }
  return Object.fromEntries(models.map(({ id }, i) => [id, guesses[i]]));
}

/** From logits [rows, C]. */
function guessOf(logits: Float32Array, row: number, classes: number): ClassGuess {
  const { ids, probabilities } = mostProbable(logits.subarray(row * classes, (row + 1) * classes), 1);
  return { label: ids[0], probability: probabilities[0] };
}
