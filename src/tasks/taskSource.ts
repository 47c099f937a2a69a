/** Batches of a task's rows, as a trainer asks for them. */
import type { BatchSource } from '../data/batchSource';
import type { EncodedTask } from './encode';
import { taskHeldOutBatches, taskTrainBatch } from './taskBatches';

/** @param vocabularySize V of the tokenizer that encoded the rows */
export const rowsOf = (task: EncodedTask, vocabularySize: number): BatchSource => ({
  vocabularySize,
  classes: task.labels,
  pairs: task.pairs,
  heldOutRows: task.heldOutTexts,
  epochLength: task.train.length,
  slots: ({ batchSize }) => batchSize,
  train: (training, step, micro) => taskTrainBatch(task, training, step, micro),
  heldOut: (shape, count) => taskHeldOutBatches(task, shape, count),
  withheld: () => null,
});

/** Some of the rows that are trained on, by their places, as if they were held out: they are only asked about. */
export const askedAbout = (
  task: EncodedTask,
  places: readonly number[],
  vocabularySize: number,
): BatchSource =>
  rowsOf({ ...task, heldOut: places.map((place) => task.train[place]), heldOutTexts: [] }, vocabularySize);
