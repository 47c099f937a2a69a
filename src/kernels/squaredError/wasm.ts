/** The squared error and its gradient on tfjs's WASM heap; the arithmetic is in squaredError.as.ts. */
import type { FusedKernel } from '../kernel';

export const squaredErrorOnWasm: FusedKernel['wasm'] = (
  calls,
  { a, b = 0, mask = 0 },
  [errors],
  { a: [rows, columns], mask: [maskRows] = [1] },
) => {
  const range = { count: rows, work: (rows * columns) / 2 };
  calls.ranged('squaredError', range, a, b, mask, errors, rows, columns, maskRows);
};

export const squaredErrorGradientOnWasm: FusedKernel['wasm'] = (
  calls,
  { drows, a, b = 0, mask = 0 },
  [da],
  { a: [rows, columns], mask: [maskRows] = [1] },
) => {
  const range = { count: rows, work: (rows * columns) / 2 };
  calls.ranged('squaredErrorGradient', range, drows, a, b, mask, da, rows, columns, maskRows);
};
