/** Dropout on tfjs's WASM heap; the arithmetic is in dropout.as.ts. */
import { type FusedKernel, sizeOf } from '../kernel';
import { type DropoutAttributes, thresholdOf } from './reference';

export const dropoutOnWasm: FusedKernel<DropoutAttributes>['wasm'] = (
  calls,
  { seed, x = 0, residual = 0 },
  [y],
  shapes,
  { rate, place, count },
) => {
  const n = shapes.x ? sizeOf(shapes.x) : count;
  const range = { count: Math.ceil(n / 4), work: 3 * n };
  calls.ranged('dropout', range, seed, x, residual, y, n, place, thresholdOf(rate), 1 / (1 - rate));
};
