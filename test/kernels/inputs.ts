/** Integer inputs of kernels in tests. */
import { fillRowIndex } from '../../src/kernels/gatherRows/gatherRows';
import type { Input } from './checkKernel';

export const whole = (values: ArrayLike<number>): Input => ({
  shape: [values.length],
  values: Int32Array.from(values),
});

export const floats = (values: ArrayLike<number>): Input => ({
  shape: [values.length],
  values: Float32Array.from(values),
});

/** `order` and `offsets` of ids into a table of so many rows. */
export function indexOf(ids: ArrayLike<number>, rows: number): { order: Input; offsets: Input } {
  const order = new Int32Array(ids.length);
  const offsets = new Int32Array(rows + 1);
  fillRowIndex(Int32Array.from(ids), order, offsets);
  return { order: whole(order), offsets: whole(offsets) };
}

/** Segment ids of N tokens in pairs of L: the second begins later in each, and some have none. */
export const segmentsOf = (N: number, L: number) =>
  Array.from({ length: N }, (_, n) => (n % L > (L / 2 + Math.floor(n / L)) % L ? 1 : 0));

/** Their lists, as the gradient of the embeddings takes them. */
export function segmentIndex(segments: ArrayLike<number>): Record<string, Input> {
  const { order, offsets } = indexOf(segments, 2);
  return { segmentOrder: order, segmentOffsets: offsets };
}

/** N ids below `rows`, of which every third is the last one, as [MASK] and [PAD] repeat in a batch. */
export const repeatingIds = (N: number, rows: number) =>
  Array.from({ length: N }, (_, n) => (n % 3 === 2 ? rows - 1 : (n * n * 31 + n) % rows));
