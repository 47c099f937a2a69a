/** The weighted sum of the losses on tfjs's WASM heap; the arithmetic is in objective.as.ts. */
import { type FusedKernel, sizeOf } from '../kernel';
import { lengthsOf, termsOf } from './plan';

export const objectiveOnWasm: FusedKernel['wasm'] = ({ whole }, at, [total, report], shapes, { plan }) => {
  whole.fill(total, 1, 0);
  whole.fill(report, 1 + sizeOf(shapes.weights), 0);
  termsOf(String(plan)).forEach((terms, input) => {
    const n = sizeOf(shapes[`rows${input}`]) / terms.length;
    terms.forEach((term, row) => {
      whole.objectiveTerm(at[`rows${input}`] + 4 * n * row, n, at.weights, term, total, report);
    });
  });
};

export const objectiveGradientOnWasm: FusedKernel['wasm'] = (
  { whole },
  { dtotal, weights },
  outputs,
  _shapes,
  { plan, lengths },
) => {
  const rowLengths = lengthsOf(String(lengths));
  termsOf(String(plan)).forEach((terms, input) => {
    const n = rowLengths[input];
    terms.forEach((term, row) => {
      whole.objectiveTermGradient(dtotal, weights, term, outputs[input] + 4 * n * row, n);
    });
  });
};
