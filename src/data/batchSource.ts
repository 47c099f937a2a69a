/** Where a trainer's batches come from: a text of which words are masked, or the rows of a task. */

import type { Training } from '../config/experiment';
import { maskedSlots } from '../config/maskCount';
import type { HeldOutRow } from '../config/results';
import { type Batch, heldOutBatches, trainBatch, type WithheldBatches, withheldBatches } from './batches';
import type { Corpus } from './corpus';

/** B and L, and how much of a text is masked. */
export type BatchShape = Pick<Training, 'batchSize' | 'sequenceLength' | 'maskProbability'>;
export type BatchOrder = Pick<Training, 'seed' | 'accumulation' | 'maskSelection'>;

export interface BatchSource {
  /** V: token ids are below it. */
  vocabularySize: number;
  /** Classes of a task; null where words are filled in. */
  classes: readonly string[] | null;
  /** Whether sequences are pairs of texts. */
  pairs: boolean;
  /** Held-out rows of a task, in its own order; null where words are filled in. */
  heldOutRows: readonly HeldOutRow[] | null;
  /** Sequences that are trained on, once each in an epoch. */
  epochLength: number;
  /** M: places that a batch asks for at most. */
  slots(shape: BatchShape): number;
  /** The batch of one step, drawn from (seed, step, micro) alone. */
  train(training: BatchShape & BatchOrder, step: number, micro: number): Batch;
  /** Of the held-out part `count` batches at most, the same for every seed. */
  heldOut(shape: BatchShape, count: number | 'all'): Batch[];
  /** Batches that ask for a word which training never shows; null where none is withheld. */
  withheld(shape: BatchShape): WithheldBatches | null;
}

/** Masked words of a text. */
export const wordsOf = (corpus: Corpus): BatchSource => ({
  vocabularySize: corpus.tokenizer.vocabulary.length,
  classes: null,
  pairs: false,
  heldOutRows: null,
  epochLength: corpus.train.length,
  slots: maskedSlots,
  train: (training, step, micro) => trainBatch(corpus, training, step, micro),
  heldOut: (shape, count) => heldOutBatches(corpus, shape, count),
  withheld: (shape) => withheldBatches(corpus, shape),
});
