/**
 * Rows of a table by index, with a gradient that is the same on every run and on every backend.
 *
 * tfjs's own gradient of `gather` adds with compare-and-swap on WebGPU (the order, and so the rounding, differs from
 * run to run) and does not exist on WASM. Here the positions that read each row are listed beforehand, on the CPU,
 * where the ids are known, and every row of the gradient is summed in the order of that list.
 */
import * as tf from '@tensorflow/tfjs';

/** Which rows are read, and for each row of the table by which positions. `rows` = R, N positions. */
export interface RowIndex {
  /** [N] int32, the row that each position reads. */
  ids: tf.Tensor1D;
  /** [N] int32, positions sorted by the row they read; those that give no gradient are left out, and 0 stands behind. */
  order: tf.Tensor1D;
  /** [R + 1] int32, where each row's positions begin in `order`; the last is how many there are. */
  offsets: tf.Tensor1D;
}

/**
 * Fills `order` [N] and `offsets` [R + 1] for N `ids` into a table of R rows, by counting sort. Positions where `counts`
 * [N] is 0 read their row like others, but give it no gradient, as `padding_idx` has it in PyTorch.
 */
export function fillRowIndex(
  ids: Int32Array,
  order: Int32Array,
  offsets: Int32Array,
  counts: ArrayLike<number> | null = null,
) {
  const isListed = (position: number) => counts === null || counts[position] !== 0;
  order.fill(0);
  offsets.fill(0);
  for (let position = 0; position < ids.length; position++) {
    if (isListed(position)) offsets[ids[position] + 1] += 1;
  }
  for (let row = 1; row < offsets.length; row++) offsets[row] += offsets[row - 1];
  for (let position = 0; position < ids.length; position++) {
    if (isListed(position)) order[offsets[ids[position]]++] = position;
  }
  // Each beginning has moved on to the next one's.
  offsets.copyWithin(1, 0, offsets.length - 1);
  offsets[0] = 0;
}

/** Builds the index of N `ids` into a table of R `rows`. The caller disposes of the three tensors. */
export function rowIndex(ids: Int32Array, rows: number): RowIndex {
  const order = new Int32Array(ids.length);
  const offsets = new Int32Array(rows + 1);
  fillRowIndex(ids, order, offsets);
  return {
    ids: tf.tensor1d(ids, 'int32'),
    order: tf.tensor1d(order, 'int32'),
    offsets: tf.tensor1d(offsets, 'int32'),
  };
}

export const disposeRowIndex = ({ ids, order, offsets }: RowIndex) => tf.dispose([ids, order, offsets]);

/** table [R, d], index of N positions -> [N, d]. */
export function gatherRows(table: tf.Tensor2D, index: RowIndex): tf.Tensor2D {
  const gather = tf.customGrad((x) => ({
    value: tf.gather(x as tf.Tensor2D, index.ids),
    gradFunc: (dy: tf.Tensor) => segmentSum(dy as tf.Tensor2D, index),
  }));
  return gather(table) as tf.Tensor2D;
}

/** values [N, d] -> [R, d]: row r is the sum of the values at the positions that read r. */
export const segmentSum = (values: tf.Tensor2D, { order, offsets }: RowIndex): tf.Tensor2D =>
  tf.engine().runKernel('StillroomSegmentSum', { values, order, offsets }) as tf.Tensor2D;
