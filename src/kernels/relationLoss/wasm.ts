/** The divergence of attention distributions on tfjs's WASM heap; the arithmetic is in relationLoss.as.ts. */
import type { FusedKernel } from '../kernel';
import { type RelationLossAttributes, relationLossSizes } from './reference';

export const relationLossOnWasm: FusedKernel<RelationLossAttributes>['wasm'] = (
  calls,
  { student, teacher, mask },
  [rows, slopes],
  shapes,
  { heads, headsFirst },
) => {
  const { matrices, batch, length } = relationLossSizes(shapes);
  // Three rows of scratch, as relationLoss.as.ts shares them out.
  const range = { count: matrices, work: 12 * matrices * length ** 2, scratch: 12 * length };
  calls.ranged(
    'relationLoss',
    range,
    student,
    teacher,
    mask,
    rows,
    slopes,
    length,
    batch,
    heads,
    headsFirst ? 1 : 0,
  );
};
