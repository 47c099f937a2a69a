/** An arm's objective: the weighted sum of its losses on one batch. */
import * as tf from '@tensorflow/tfjs';
import { type LossTerm, lossTerms, type Objective } from '../config/experiment';

export type TermValues = Partial<Record<LossTerm, tf.Scalar>>;

/** L = Σ weight · term over the terms that were computed. */
export function weightedSum(terms: TermValues, objective: Objective): tf.Scalar {
  const parts = lossTerms.flatMap((term) => (terms[term] ? [terms[term].mul(objective[term])] : []));
  return tf.addN(parts) as tf.Scalar;
}
