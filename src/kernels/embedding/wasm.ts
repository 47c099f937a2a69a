/** The embedding and its gradient on tfjs's WASM heap; the arithmetic is in embedding.as.ts. */
import { segmentSumOnWasm } from '../gatherRows/wasm';
import type { FusedKernel } from '../kernel';

export const embeddingOnWasm: FusedKernel['wasm'] = (
  calls,
  { ids, tokens, positions, types = 0, segments = 0 },
  [y],
  { ids: [n], tokens: [, d] },
  { length },
) => {
  const range = { count: n, work: n * d };
  calls.ranged('embedding', range, ids, tokens, positions, types, segments, y, d, Number(length));
};

export const embeddingGradientOnWasm: FusedKernel['wasm'] = (
  calls,
  { dy, order, offsets, segmentOrder, segmentOffsets },
  [dtokens, dpositions, dtypes],
  shapes,
  { length, positionRows, types },
) => {
  const [n, d] = shapes.dy;
  segmentSumOnWasm(calls, { values: dy, order, offsets }, [dtokens], { ...shapes, values: shapes.dy }, {});
  const columns = { count: d, step: 16, work: (n * d) / 4 };
  const [L, P] = [Number(length), Number(positionRows)];
  calls.ranged('positionGradient', columns, dy, dpositions, n, d, L, P);
  if (!types) return;
  if (segmentOrder) {
    const ofTypes = { values: shapes.dy, order: shapes.segmentOrder, offsets: shapes.segmentOffsets };
    const lists = { values: dy, order: segmentOrder, offsets: segmentOffsets };
    segmentSumOnWasm(calls, lists, [dtypes], ofTypes, {});
    return;
  }
  // Every token has type 0, so that its gradient is the sum over all positions.
  calls.whole.columnSums(dpositions, dtypes, L, d);
  calls.whole.fill(dtypes + 4 * d, d, 0);
};
