/** What models are asked about rows of a task, beside the training. */
import { teacherModel } from '../config/modelIds';
import type { ClassGuess, HeldOutGuesses } from '../config/results';
import type { BatchShape, BatchSource } from '../data/batchSource';
import { guessClasses } from './guessClasses';
import { HeldOutPart } from './heldOutPart';
import type { Model } from './model';

/** Awaited now and then with the share that is done, so that commands are heard; what it throws ends the question. */
export type Tell = (share: number) => Promise<void>;

/**
 * What each model says of every held-out row of a task.
 * @throws Error where words are filled in
 */
export async function guessHeldOut(
  models: readonly { id: string; model: Model }[],
  { classes: labels, heldOutRows: rows }: BatchSource,
  heldOut: HeldOutPart,
  pause: Tell,
): Promise<HeldOutGuesses> {
  if (!labels || !rows) throw new Error('Text has no rows whose class could be said');
  return { labels, rows, guesses: await guessClasses(models, heldOut.batches('full'), pause) };
}

/** What a teacher says of the rows that `asked` holds out, in their order. */
export async function teacherSays(
  teacher: Model,
  asked: BatchSource,
  training: BatchShape,
  pause: Tell,
): Promise<ClassGuess[]> {
  const batches = new HeldOutPart(asked, training).batches('full');
  if (batches.length === 0) return [];
  const said = await guessClasses([{ id: teacherModel, model: teacher }], batches, pause);
  return said[teacherModel];
}
