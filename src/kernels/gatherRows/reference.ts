/** The plain form of the segment sum. */
import type { FusedKernel } from '../kernel';

/** values [N, d], order [N] int32, offsets [R + 1] int32 -> [R, d], summed in the order of `order`. */
export const segmentSumReference: FusedKernel['reference'] = (
  { values, order, offsets },
  shapes,
  _attributes,
  [sums],
) => {
  const d = shapes.values[1];
  const rows = shapes.offsets[0] - 1;
  sums.fill(0);
  for (let row = 0; row < rows; row++) {
    for (let k = offsets[row]; k < offsets[row + 1]; k++) {
      const from = order[k] * d;
      for (let j = 0; j < d; j++) sums[row * d + j] += values[from + j];
    }
  }
};
