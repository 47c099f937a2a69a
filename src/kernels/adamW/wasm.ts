/** AdamW and its sums on tfjs's WASM heap, in place; the arithmetic is in adamW.as.ts. */
import { type FusedKernel, sizeOf } from '../kernel';
import { decayBlock, normParts } from './reference';

export const squaredNormOnWasm: FusedKernel['wasm'] = (calls, { x }, [partials], shapes) => {
  const n = sizeOf(shapes.x);
  calls.ranged('squaredNorm', { count: normParts, work: n / 4 }, x, partials, n);
};

export const adamWOnWasm: FusedKernel['wasm'] = (
  calls,
  { parameters, moments, gradients, norms, decay, hyper, report, ring },
  _outputs,
  shapes,
) => {
  const n = sizeOf(shapes.parameters);
  const w = sizeOf(shapes.report);
  const range = { count: Math.ceil(n / decayBlock), work: 4 * n };
  calls.ranged('adamW', range, parameters, moments, gradients, norms, decay, hyper, report, ring, n, w);
};

export const accumulateOnWasm: FusedKernel['wasm'] = (calls, { sum, value, first }, _outputs, shapes) => {
  const count = sizeOf(shapes.sum);
  calls.ranged('accumulate', { count, step: 64, work: count / 2 }, sum, value, first);
};
