/**
 * Batches of a task in the shapes of masked ones: a class is asked for where there a word is, at [CLS], once a sequence
 * (M = B). Dimension letters: B sequences, L tokens.
 */
import type { Training } from '../config/experiment';
import type { Batch } from '../data/batches';
import { drawInEpochs } from '../data/epochs';
import { permutation, randomStream } from '../data/random';
import type { EncodedRow, EncodedTask } from './encode';

/**
 * `labels` are classes, [B], 0 for a filling row; `maskedPositions` are those of [CLS], [B], b * L; `maskedWeights` are
 * 1 for a row and 0 for filling. Nothing is masked: `originalIds` are `inputIds`.
 */
export interface TaskBatch extends Batch {
  /** The rows, in order; fewer than B where the last held-out batch is filled up. */
  rows: readonly EncodedRow[];
}

type BatchOptions = Pick<Training, 'batchSize' | 'sequenceLength'>;

/**
 * The batch of one step, drawn from (seed, step, micro) alone; epochs as in a text's `trainBatch`.
 * @param step updates done before, from 0
 * @param micro which of the step's accumulated batches, from 0
 */
export function taskTrainBatch(
  task: EncodedTask,
  training: BatchOptions & Pick<Training, 'seed' | 'accumulation'>,
  step: number,
  micro: number,
): TaskBatch {
  const { seed, batchSize, accumulation } = training;
  const index = step * accumulation + micro;
  return makeTaskBatch(task, drawInEpochs(task.train, seed, index * batchSize, batchSize), training);
}

/**
 * The held-out side, the same for every seed, in an order that is shuffled once and for all, so that the first batches
 * are a fair sample of the whole.
 * @param count batches wanted at most, or `all`
 */
export function taskHeldOutBatches(
  task: EncodedTask,
  training: BatchOptions,
  count: number | 'all',
): TaskBatch[] {
  const { heldOut } = task;
  const order = permutation(heldOut.length, randomStream(0, 0, 'held-out order'));
  const all = Math.ceil(heldOut.length / training.batchSize);
  return Array.from({ length: count === 'all' ? all : Math.min(count, all) }, (_, index) => {
    const heldOutRows = order.subarray(index * training.batchSize, (index + 1) * training.batchSize);
    const rows = Array.from(heldOutRows, (row) => heldOut[row]);
    return { ...makeTaskBatch(task, rows, training), heldOutRows };
  });
}

/** @param rows at most B, of at most L tokens each */
export function makeTaskBatch(
  { pad, pairs }: Pick<EncodedTask, 'pad' | 'pairs'>,
  rows: readonly EncodedRow[],
  { batchSize, sequenceLength }: BatchOptions,
): TaskBatch {
  const size = batchSize * sequenceLength;
  const inputIds = new Int32Array(size).fill(pad);
  const attentionMask = new Float32Array(size);
  // Of single texts every token is of the first segment, which goes without saying.
  const segmentIds = pairs ? new Int32Array(size) : undefined;
  const labels = new Int32Array(batchSize);
  let tokenCount = 0;
  rows.forEach(({ ids, second, label }, b) => {
    const start = b * sequenceLength;
    inputIds.set(ids, start);
    attentionMask.fill(1, start, start + ids.length);
    segmentIds?.fill(1, start + second, start + ids.length);
    labels[b] = label;
    tokenCount += ids.length;
  });
  return {
    batchSize,
    sequenceLength,
    inputIds,
    attentionMask,
    ...(segmentIds && { segmentIds }),
    labels,
    maskedPositions: Int32Array.from({ length: batchSize }, (_, b) => b * sequenceLength),
    maskedWeights: new Float32Array(batchSize).fill(1, 0, rows.length),
    maskedCount: rows.length,
    tokenCount,
    sequenceCount: rows.length,
    originalIds: inputIds,
    rows,
  };
}
