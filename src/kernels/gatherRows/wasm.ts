/** The segment sum on tfjs's WASM heap; the arithmetic is in segmentSum.as.ts. */
import type { FusedKernel } from '../kernel';

export const segmentSumOnWasm: FusedKernel['wasm'] = (
  module,
  { values, order, offsets },
  [sums],
  { values: [, d], offsets: [end] },
) => module.segmentSum(values, order, offsets, sums, end - 1, d);
