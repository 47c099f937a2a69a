/** An arm's objective: the weighted sum of its losses on one batch. */
import type * as tf from '@tensorflow/tfjs';
import { type LossTerm, lossTerms } from '../config/experiment';
import { weightedObjective } from '../kernels/objective/objective';

/** Shares of terms: a vector belongs to one term, a matrix [j, R] to j of them, and the sum of its shares is a term. */
export interface TermShares {
  terms: LossTerm[];
  shares: tf.Tensor;
}

/**
 * L = Σ weight · term. `weights` [K] holds one weight for each of the K terms that there are.
 * @returns total, and report [1 + K] = total, then each term without its weight (0 where it was not computed)
 */
export const weightedSum = (parts: TermShares[], weights: tf.Tensor1D) =>
  weightedObjective(
    parts.map(({ terms, shares }) => ({ rows: shares, terms: terms.map((term) => lossTerms.indexOf(term)) })),
    weights,
  );
