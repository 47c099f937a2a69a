/** AdamW and its sums on tfjs's WASM heap, in place; the arithmetic is in adamW.as.ts. */
import { type FusedKernel, sizeOf } from '../kernel';

export const squaredNormOnWasm: FusedKernel['wasm'] = (module, { x }, [partials], shapes) =>
  module.squaredNorm(x, partials, sizeOf(shapes.x));

export const adamWOnWasm: FusedKernel['wasm'] = (
  module,
  { parameters, moments, gradients, norms, decay, hyper, report, ring },
  _outputs,
  shapes,
) => {
  const n = sizeOf(shapes.parameters);
  const w = sizeOf(shapes.report);
  module.adamW(parameters, moments, gradients, norms, decay, hyper, report, ring, n, w);
};

export const accumulateOnWasm: FusedKernel['wasm'] = (module, { sum, value, first }, _outputs, shapes) =>
  module.accumulate(sum, value, first, sizeOf(shapes.sum));
