/** A model's guesses at masked places, for augmentation. */
import * as tf from '@tensorflow/tfjs';
import type { Guesses, MaskedQuery } from '../augment/masked';
import { disposeRowIndex, gatherRows, rowIndex } from '../kernels/gatherRows/gatherRows';
import { encode } from '../model/encoder';
import { mlmLogits } from '../model/mlmHead';
import type { Model } from './model';

/**
 * The `count` most probable tokens at the masked place of each of Q queries, in one pass over Q sequences that are padded
 * to the longest of them. Errors of a lost device pass through.
 * @throws RangeError where a sequence has a second segment, or is longer than the model's positions
 */
export async function guessMasked(
  { shape, parameters }: Model,
  queries: readonly MaskedQuery[],
  count: number,
): Promise<Guesses[]> {
  if (queries.length === 0) return [];
  const length = Math.max(...queries.map(({ ids }) => ids.length));
  if (length > shape.maxPositions)
    throw new RangeError(`${length} tokens, and ${shape.maxPositions} positions`);
  if (queries.some(({ segments }) => segments.some((segment) => segment !== 0))) {
    throw new RangeError('The encoder reads one segment');
  }
  const ids = new Int32Array(queries.length * length);
  const real = new Float32Array(queries.length * length);
  queries.forEach((query, i) => {
    ids.set(query.ids, i * length);
    real.fill(1, i * length, i * length + query.ids.length);
  });
  const input = {
    batchSize: queries.length,
    sequenceLength: length,
    tokens: rowIndex(ids, shape.vocabularySize),
    attentionMask: tf.tensor2d(real, [queries.length, length]),
  };
  const asked = rowIndex(
    Int32Array.from(queries, ({ position }, i) => i * length + position),
    ids.length,
  );
  const logits = tf.tidy(() => {
    const { hiddenStates } = encode(parameters, shape, input);
    return mlmLogits(parameters, gatherRows(hiddenStates[shape.layers], asked));
  });
  try {
    const values = await logits.data();
    const size = shape.vocabularySize;
    return queries.map((_, i) =>
      mostProbable(values.subarray(i * size, (i + 1) * size) as Float32Array, count),
    );
  } finally {
    disposeRowIndex(input.tokens);
    disposeRowIndex(asked);
    tf.dispose([input.attentionMask, logits]);
  }
}

/** The largest of the logits [V] with their softmax at T = 1; of equal ones the lower id first. */
export function mostProbable(logits: ArrayLike<number>, count: number): Guesses {
  const best: number[] = [];
  for (let id = 0; id < logits.length; id++) {
    if (best.length === count && logits[id] <= logits[best[count - 1]]) continue;
    let place = best.length;
    while (place > 0 && logits[best[place - 1]] < logits[id]) place--;
    best.splice(place, 0, id);
    if (best.length > count) best.pop();
  }
  const largest = logits[best[0]];
  let sum = 0;
  for (let id = 0; id < logits.length; id++) sum += Math.exp(logits[id] - largest);
  return { ids: best, probabilities: best.map((id) => Math.exp(logits[id] - largest) / sum) };
}
