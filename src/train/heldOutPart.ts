/** What is held out, in batches: a fixed sample of it while training, or all of it. */
import type { EvaluationPoint } from '../config/results';
import type { Batch, WithheldBatches } from '../data/batches';
import type { BatchShape, BatchSource } from '../data/batchSource';

/**
 * Held-out sequences are evaluated this many at a time, whatever an update takes: masks are drawn batch by batch, and two
 * runs are compared on the same words.
 */
export const heldOutBatchSize = 16;
/** Held-out sequences that are looked at while training; the whole part is evaluated on request. */
const sampleSequences = 64;

export class HeldOutPart {
  /** Batches that ask for a word which training never shows; null where none is withheld. */
  readonly withheld: WithheldBatches | null;
  private readonly shape: BatchShape;
  private sample: Batch[] | null = null;

  constructor(
    private readonly source: BatchSource,
    training: BatchShape,
  ) {
    const { sequenceLength, maskProbability } = training;
    this.shape = { batchSize: heldOutBatchSize, sequenceLength, maskProbability };
    this.withheld = source.withheld(this.shape);
  }

  /** The sample's batches are the same objects each time, and the whole begins with them. */
  batches(extent: EvaluationPoint['extent']): Batch[] {
    const { source, shape } = this;
    this.sample ??= source.heldOut(shape, sampleSequences / heldOutBatchSize);
    if (extent === 'sample') return this.sample;
    return [...this.sample, ...source.heldOut(shape, 'all').slice(this.sample.length)];
  }
}
