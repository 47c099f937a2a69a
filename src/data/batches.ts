/** Batches of masked sequences in typed arrays of fixed shapes. Dimension letters: B sequences, L tokens. */
import type { Training } from '../config/experiment';
import type { Corpus } from './corpus';
import { drawInEpochs } from './epochs';
import { maskBatch, maskCount } from './masking';
import { permutation, type Random, randomStream } from './random';

export interface Batch {
  /** B */
  batchSize: number;
  /** L */
  sequenceLength: number;
  /** What the model sees, [B L]: masked, padded. */
  inputIds: Int32Array;
  /** 1 at tokens, 0 at padding, [B L]. A row that only fills up the last held-out batch is 0 throughout. */
  attentionMask: Float32Array;
  /** Gold ids of the masked tokens, [M] with M = `maskCount(p, B L)`. */
  labels: Int32Array;
  /** Flat index b * L + l of the masked tokens, [M]. */
  maskedPositions: Int32Array;
  /** 1 for a masked token, 0 for filling up to M, [M]. */
  maskedWeights: Float32Array;
  /** Masked tokens; the rest of M is filling. */
  maskedCount: number;
  /** Tokens that are not padding. */
  tokenCount: number;
  /** Sequences; below B where the last held-out batch is filled up. */
  sequenceCount: number;
  /** The ids before masking, [B L]. */
  originalIds: Int32Array;
}

type BatchOptions = Pick<Training, 'batchSize' | 'sequenceLength' | 'maskProbability'>;

/** M: entries of the list of masked words, filled up where a batch has fewer tokens than B·L. */
export const maskedSlots = ({ batchSize, sequenceLength, maskProbability }: BatchOptions) =>
  maskCount(maskProbability, batchSize * sequenceLength);

/**
 * The batch of one step, drawn from (seed, step, micro) alone, so that a run can go on anywhere. Every epoch has
 * an order of its own and shows each sequence once.
 * @param step updates done before, from 0
 * @param micro which of the step's accumulated batches, from 0
 */
export function trainBatch(
  corpus: Corpus,
  training: BatchOptions & Pick<Training, 'seed' | 'accumulation' | 'maskSelection'>,
  step: number,
  micro: number,
): Batch {
  const { seed, batchSize, accumulation } = training;
  const index = step * accumulation + micro;
  const sequences = drawInEpochs(corpus.train, seed, index * batchSize, batchSize);
  const weights = corpus.weights[training.maskSelection];
  return makeBatch(corpus, sequences, training, weights, 'mixed', randomStream(seed, index, 'masks'));
}

/**
 * The held-out part with fixed masks, the same for every seed: all selected tokens are [MASK], selected alike.
 * The order is shuffled once and for all, so that the first batches are a fair sample of the whole.
 * @param count batches wanted at most, or `all`
 */
export function heldOutBatches(corpus: Corpus, training: BatchOptions, count: number | 'all'): Batch[] {
  const { heldOut, weights } = corpus;
  const order = permutation(heldOut.length, randomStream(0, 0, 'held-out order'));
  const all = Math.ceil(heldOut.length / training.batchSize);
  return Array.from({ length: count === 'all' ? all : Math.min(count, all) }, (_, index) => {
    const rows = order.subarray(index * training.batchSize, (index + 1) * training.batchSize);
    const sequences = Array.from(rows, (row) => heldOut[row]);
    const random = randomStream(0, index, 'held-out masks');
    return makeBatch(corpus, sequences, training, weights.uniform, 'mask', random);
  });
}

function makeBatch(
  { tokenizer }: Corpus,
  sequences: readonly Int32Array[],
  { batchSize, sequenceLength, maskProbability }: BatchOptions,
  weights: Float64Array,
  replacement: 'mixed' | 'mask',
  random: Random,
): Batch {
  const size = batchSize * sequenceLength;
  const originalIds = new Int32Array(size).fill(tokenizer.special.pad);
  const attentionMask = new Float32Array(size);
  let tokenCount = 0;
  sequences.forEach((sequence, b) => {
    originalIds.set(sequence, b * sequenceLength);
    attentionMask.fill(1, b * sequenceLength, b * sequenceLength + sequence.length);
    tokenCount += sequence.length;
  });
  const options = { probability: maskProbability, weights, tokenizer, replacement };
  const { inputIds, positions } = maskBatch(originalIds, tokenCount, options, random);

  const slots = maskedSlots({ batchSize, sequenceLength, maskProbability });
  const maskedPositions = new Int32Array(slots);
  maskedPositions.set(positions);
  return {
    batchSize,
    sequenceLength,
    inputIds,
    attentionMask,
    labels: maskedPositions.map((position) => originalIds[position]),
    maskedPositions,
    maskedWeights: new Float32Array(slots).fill(1, 0, positions.length),
    maskedCount: positions.length,
    tokenCount,
    sequenceCount: sequences.length,
    originalIds,
  };
}
