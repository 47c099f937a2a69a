/** The plain form of an objective, the weighted sum of the loss terms, and of its gradient. K terms. */
import type { FusedKernel } from '../kernel';
import { lengthsOf, termsOf } from './plan';

/** `plan`: see plan.ts. */
export type ObjectiveAttributes = { plan: string };
/** `lengths`: n of each input, see plan.ts. */
export type ObjectiveGradientAttributes = { plan: string; lengths: string };

/**
 * weights [K], rows0, rows1, ... (each [n], or [j, n] with j terms) -> total [1] = Σ weights[term]·Σ row,
 * report [1 + K]: total, then each term's sum without its weight.
 */
export const objectiveReference: FusedKernel<ObjectiveAttributes>['reference'] = (
  inputs,
  shapes,
  { plan },
  [total, report],
) => {
  const [K] = shapes.weights;
  const sums = new Float64Array(K);
  termsOf(plan).forEach((terms, input) => {
    const values = inputs[`rows${input}`];
    const n = shapes[`rows${input}`].at(-1)!;
    terms.forEach((term, row) => {
      for (let i = 0; i < n; i++) sums[term] += values[row * n + i];
    });
  });
  total[0] = sums.reduce((sum, value, term) => sum + inputs.weights[term] * value, 0);
  report.set([total[0], ...sums]);
};

/** dtotal [1], weights [K] -> per input its gradient, dtotal·weights[term] all along a row. */
export const objectiveGradientReference: FusedKernel<ObjectiveGradientAttributes>['reference'] = (
  { dtotal, weights },
  _shapes,
  { plan, lengths },
  gradients,
) => {
  const lengthOf = lengthsOf(lengths);
  termsOf(plan).forEach((terms, input) => {
    const n = lengthOf[input];
    terms.forEach((term, row) => {
      gradients[input].fill(dtotal[0] * weights[term], row * n, (row + 1) * n);
    });
  });
};
