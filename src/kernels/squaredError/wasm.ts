/** The squared error and its gradient on tfjs's WASM heap; the arithmetic is in squaredError.as.ts. */
import type { FusedKernel } from '../kernel';

export const squaredErrorOnWasm: FusedKernel['wasm'] = (
  module,
  { a, b = 0, mask = 0 },
  [errors],
  { a: [rows, columns], mask: [maskRows] = [1] },
) => module.squaredError(a, b, mask, errors, rows, columns, maskRows);

export const squaredErrorGradientOnWasm: FusedKernel['wasm'] = (
  module,
  { drows, a, b = 0, mask = 0 },
  [da],
  { a: [rows, columns], mask: [maskRows] = [1] },
) => module.squaredErrorGradient(drows, a, b, mask, da, rows, columns, maskRows);
