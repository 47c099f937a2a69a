/** The segment sum on tfjs's WASM heap; the arithmetic is in segmentSum.as.ts. */
import type { FusedKernel } from '../kernel';

export const segmentSumOnWasm: FusedKernel['wasm'] = (
  calls,
  { values, order, offsets },
  [sums],
  { values: [n, d], offsets: [end] },
) => {
  const rows = end - 1;
  const range = { count: d, step: 16, work: ((rows + n) * d) / 4 };
  calls.ranged('segmentSum', range, values, order, offsets, sums, rows, d);
};
