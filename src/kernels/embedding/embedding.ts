/** The input embeddings of a transformer, with a gradient that is the same on every run (see gatherRows/). */
import * as tf from '@tensorflow/tfjs';
import type { RowIndex } from '../gatherRows/gatherRows';
import { runKernel } from '../kernel';
import { embeddingGradientKernel, embeddingKernel } from './kernel';

/**
 * tokens[id] + positions[n mod length] + types[segment] for every token n, [N, d]. N = B·length token ids as an index into
 * the V rows of `tokens` [V, d]; `positions` [P, d], P ≥ length; `types` [2, d] or null where a model has none. `segments`:
 * the N segment ids as an index into the rows of `types`; without it all are 0.
 */
export function embed(
  { ids, order, offsets }: RowIndex,
  tokens: tf.Tensor2D,
  positions: tf.Tensor2D,
  types: tf.Tensor2D | null,
  length: number,
  segments: RowIndex | null = null,
): tf.Tensor2D {
  const tables = types ? [tokens, positions, types] : [tokens, positions];
  const operation = tf.customGrad(() => ({
    value: runKernel(
      embeddingKernel,
      { ids, tokens, positions, types, segments: types && segments?.ids },
      { length },
    )[0],
    gradFunc: (dy: tf.Tensor) =>
      runKernel(
        embeddingGradientKernel,
        {
          dy,
          order,
          offsets,
          segmentOrder: types && segments?.order,
          segmentOffsets: types && segments?.offsets,
        },
        { length, positionRows: positions.shape[0], types: types !== null },
      ),
  }));
  return operation(...tables) as tf.Tensor2D;
}
