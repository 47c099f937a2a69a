/** The plain form of a transformer's input embeddings and of their gradient. N = B·L tokens, V words, P positions. */
import type { FusedKernel } from '../kernel';

/** `length` is L: token n stands at position n mod L of its sequence. */
export type EmbeddingAttributes = { length: number };
export type EmbeddingGradientAttributes = {
  length: number;
  /** P, rows of the position table. */
  positionRows: number;
  /** Whether the model has token types. */
  types: boolean;
};

/** The token type of position n where no segments are given. */
const firstSegment = 0;

/**
 * ids [N] int32, tokens [V, d], positions [P, d], types? [2, d], segments? [N] int32 -> tokens[id] + positions[n mod L] +
 * types[segment], [N, d]. Without segments every token is of the first.
 */
export const embeddingReference: FusedKernel<EmbeddingAttributes>['reference'] = (
  { ids, tokens, positions, types, segments },
  shapes,
  { length },
  [y],
) => {
  const [N] = shapes.ids;
  const d = shapes.tokens[1];
  for (let n = 0; n < N; n++) {
    const segment = segments ? segments[n] : firstSegment;
    for (let j = 0; j < d; j++) {
      const type = types ? types[segment * d + j] : 0;
      y[n * d + j] = tokens[ids[n] * d + j] + positions[(n % length) * d + j] + type;
    }
  }
};

/**
 * dy [N, d], order [N] int32, offsets [V + 1] int32 -> dtokens [V, d], dpositions [P, d], and dtypes [2, d] if the model
 * has types. Row v of the tokens was read by the positions order[offsets[v] .. offsets[v + 1]]; rows of the types likewise
 * by segmentOrder [N] and segmentOffsets [3], or the first by all where these aren't given.
 */
export const embeddingGradientReference: FusedKernel<EmbeddingGradientAttributes>['reference'] = (
  { dy, order, offsets, segmentOrder, segmentOffsets },
  shapes,
  { length },
  [dtokens, dpositions, dtypes],
) => {
  const [N, d] = shapes.dy;
  const V = shapes.offsets[0] - 1;
  const add = (sums: Float32Array | Float64Array, row: number, n: number) => {
    for (let j = 0; j < d; j++) sums[row * d + j] += dy[n * d + j];
  };
  const addLists = (
    sums: Float32Array | Float64Array,
    rows: number,
    order: ArrayLike<number>,
    offsets: ArrayLike<number>,
  ) => {
    for (let row = 0; row < rows; row++) {
      for (let k = offsets[row]; k < offsets[row + 1]; k++) add(sums, row, order[k]);
    }
  };
  for (const sums of [dtokens, dpositions, dtypes]) sums?.fill(0);
  addLists(dtokens, V, order, offsets);
  for (let n = 0; n < N; n++) add(dpositions, n % length, n);
  if (!dtypes) return;
  if (segmentOrder) addLists(dtypes, 2, segmentOrder, segmentOffsets);
  else for (let n = 0; n < N; n++) add(dtypes, firstSegment, n);
};
