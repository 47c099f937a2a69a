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

/** ids [N] int32, tokens [V, d], positions [P, d], types? [2, d] -> tokens[id] + positions[n mod L] + types[0], [N, d]. */
export const embeddingReference: FusedKernel<EmbeddingAttributes>['reference'] = (
  { ids, tokens, positions, types },
  shapes,
  { length },
  [y],
) => {
  const [N] = shapes.ids;
  const d = shapes.tokens[1];
  for (let n = 0; n < N; n++) {
    for (let j = 0; j < d; j++) {
      const type = types ? types[j] : 0;
      y[n * d + j] = tokens[ids[n] * d + j] + positions[(n % length) * d + j] + type;
    }
  }
};

/**
 * dy [N, d], order [N] int32, offsets [V + 1] int32 -> dtokens [V, d], dpositions [P, d], and dtypes [2, d] if the model
 * has types. Row v of the tokens was read by the positions order[offsets[v] .. offsets[v + 1]].
 */
export const embeddingGradientReference: FusedKernel<EmbeddingGradientAttributes>['reference'] = (
  { dy, order, offsets },
  shapes,
  { length },
  [dtokens, dpositions, dtypes],
) => {
  const [N, d] = shapes.dy;
  const V = shapes.offsets[0] - 1;
  const add = (sums: Float32Array | Float64Array, row: number, n: number) => {
    for (let j = 0; j < d; j++) sums[row * d + j] += dy[n * d + j];
  };
  for (const sums of [dtokens, dpositions, dtypes]) sums?.fill(0);
  for (let v = 0; v < V; v++) {
    for (let k = offsets[v]; k < offsets[v + 1]; k++) add(dtokens, v, order[k]);
  }
  for (let n = 0; n < N; n++) {
    add(dpositions, n % length, n);
    if (dtypes) add(dtypes, 0, n);
  }
};
