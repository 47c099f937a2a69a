/** The embedding and its gradient on tfjs's WASM heap; the arithmetic is in embedding.as.ts. */
import type { FusedKernel } from '../kernel';

export const embeddingOnWasm: FusedKernel['wasm'] = (
  module,
  { ids, tokens, positions, types = 0 },
  [y],
  { ids: [n], tokens: [, d] },
  { length },
) => module.embedding(ids, tokens, positions, types, y, n, d, Number(length));

export const embeddingGradientOnWasm: FusedKernel['wasm'] = (
  module,
  { dy, order, offsets },
  [dtokens, dpositions, dtypes],
  { dy: [n, d], offsets: [end] },
  { length, positionRows, types },
) => {
  module.segmentSum(dy, order, offsets, dtokens, end - 1, d);
  module.positionGradient(dy, dpositions, n, d, Number(length), Number(positionRows));
  if (!types) return;
  // Every token has type 0, so that its gradient is the sum over all positions.
  module.columnSums(dpositions, dtypes, Number(length), d);
  module.fill(dtypes + 4 * d, d, 0);
};
