/** The weighted sum of all loss terms in one operation, with a report of each. */
import * as tf from '@tensorflow/tfjs';
import { runKernel } from '../kernel';
import { objectiveGradientKernel, objectiveKernel } from './kernel';
import { lengthsText, planText } from './plan';
import type { ObjectiveGradientAttributes } from './reference';

export interface ObjectiveInput {
  /** [n], shares of one term, or [j, n], shares of j of them. */
  rows: tf.Tensor;
  /** The term that each row belongs to, an index into the weights. */
  terms: number[];
}

/**
 * weights [K] -> total, a scalar: Σ weights[term]·Σ row over all rows of all inputs, differentiable in the inputs; and
 * report [1 + K]: the total, then each term's sum without its weight (0 for a term without rows), not differentiable.
 */
export function weightedObjective(inputs: ObjectiveInput[], weights: tf.Tensor1D) {
  const rows = inputs.map(({ rows, terms }) => (terms.length === 1 ? rows.flatten() : rows));
  const attributes: ObjectiveGradientAttributes = {
    plan: planText(inputs.map(({ terms }) => terms)),
    lengths: lengthsText(rows.map(({ shape }) => shape.at(-1)!)),
  };
  const named = Object.fromEntries(rows.map((tensor, i) => [`rows${i}`, tensor]));
  const [total, report] = runKernel(objectiveKernel, { weights, ...named }, attributes);
  return { total: total.reshape([]) as tf.Scalar, report: report as tf.Tensor1D };
}

tf.registerGradient({
  kernelName: objectiveKernel.name,
  inputsToSave: ['weights'],
  gradFunc: (dy, [weights], attributes) => {
    const [dtotal] = dy as tf.Tensor[];
    const { plan, lengths } = attributes as unknown as ObjectiveGradientAttributes;
    const gradients = runKernel(objectiveGradientKernel, { dtotal, weights }, { plan, lengths });
    return Object.fromEntries(gradients.map((gradient, i) => [`rows${i}`, () => gradient]));
  },
});
