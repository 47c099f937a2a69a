/** An arm's objective: the weighted sum of its terms on one batch. */
import type * as tf from '@tensorflow/tfjs';
import { weightedObjective } from '../kernels/objective/objective';
import type { Shares } from '../methods/method';
import type { ReadingId, TermId } from '../methods/registry';
import { slotOf } from './slots';

/** Shares of terms: a vector belongs to one term, a matrix [j, R] to j of them, and the sum of its shares is a term. */
export type TermShares = Shares<TermId | ReadingId>;

/**
 * L = Σ weight · term. `weights` [K] holds one weight for each of the K slots.
 * @returns total, and report [1 + K] = total, then each slot without its weight (0 where it was not computed)
 */
export const weightedSum = (parts: TermShares[], weights: tf.Tensor1D) =>
  weightedObjective(
    parts.map(({ terms, shares }) => ({ rows: shares, terms: terms.map(slotOf) })),
    weights,
  );
