/** Batches of masked sequences in typed arrays of fixed shapes. Dimension letters: B sequences, L tokens. */
import type { Training } from '../config/experiment';
import { maskedSlots } from '../config/maskCount';
import type { Corpus } from './corpus';
import { drawInEpochs } from './epochs';
import { type MaskedTokens, maskBatch } from './masking';
import { permutation, randomStream } from './random';
import { occurrences, placesOf } from './withheld';

export interface Batch {
  /** B */
  batchSize: number;
  /** L */
  sequenceLength: number;
  /** What the model sees, [B L]: masked, padded. */
  inputIds: Int32Array;
  /** 1 at tokens, 0 at padding, [B L]. A row that only fills up the last held-out batch is 0 throughout. */
  attentionMask: Float32Array;
  /** Where sequences are pairs: 0 for the first text with its [CLS] and [SEP] and for padding, 1 for the second, [B L]. */
  segmentIds?: Int32Array;
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
  /** Of a task's held-out part: which of its rows each sequence is, by their own order, [sequenceCount]. */
  heldOutRows?: ArrayLike<number>;
}

/** Batches that ask for a withheld word, and how many places there are: in all, and in held-out text. */
export interface WithheldBatches {
  batches: Batch[];
  places: number;
  heldOut: number;
}

type BatchOptions = Pick<Training, 'batchSize' | 'sequenceLength' | 'maskProbability'>;

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
  const { tokenizer, withheld } = corpus;
  const options = {
    probability: training.maskProbability,
    weights: corpus.weights[training.maskSelection],
    tokenizer,
    replacement: 'mixed' as const,
    never: withheld?.id,
  };
  return makeBatch(corpus, sequences, training, (ids, tokenCount) =>
    maskBatch(ids, tokenCount, options, randomStream(seed, index, 'masks')),
  );
}

/**
 * The held-out part with fixed masks, the same for every seed: all selected tokens are [MASK], selected alike.
 * The order is shuffled once and for all, so that the first batches are a fair sample of the whole.
 * @param count batches wanted at most, or `all`
 */
export function heldOutBatches(corpus: Corpus, training: BatchOptions, count: number | 'all'): Batch[] {
  const { heldOut, weights, tokenizer } = corpus;
  const probability = training.maskProbability;
  const options = { probability, weights: weights.uniform, tokenizer, replacement: 'mask' as const };
  const order = permutation(heldOut.length, randomStream(0, 0, 'held-out order'));
  const all = Math.ceil(heldOut.length / training.batchSize);
  return Array.from({ length: count === 'all' ? all : Math.min(count, all) }, (_, index) => {
    const rows = order.subarray(index * training.batchSize, (index + 1) * training.batchSize);
    const sequences = Array.from(rows, (row) => heldOut[row]);
    return makeBatch(corpus, sequences, training, (ids, tokenCount) =>
      maskBatch(ids, tokenCount, options, randomStream(0, index, 'held-out masks')),
    );
  });
}

/**
 * Sequences in which a withheld word occurs (`placesOf`), the word masked wherever it stands in them, and nothing else.
 * Where a single sequence has more places than the list of masked words is long, the first are asked for.
 */
export function withheldBatches(corpus: Corpus, training: BatchOptions): WithheldBatches | null {
  const { withheld, tokenizer } = corpus;
  if (!withheld) return null;
  const slots = maskedSlots(training);
  const { sequences: found, ...places } = placesOf(corpus, slots);
  const groups: Int32Array[][] = [];
  let room = 0;
  for (const sequence of found) {
    const places = Math.min(slots, occurrences(sequence, withheld.id));
    if (places > room || groups.at(-1)?.length === training.batchSize) {
      groups.push([]);
      room = slots;
    }
    groups.at(-1)!.push(sequence);
    room -= places;
  }
  const batches = groups.map((sequences) =>
    makeBatch(corpus, sequences, training, (ids) => ({
      inputIds: ids.map((id) => (id === withheld.id ? tokenizer.special.mask : id)),
      positions: [...ids.keys()].filter((position) => ids[position] === withheld.id),
    })),
  );
  return { batches, ...places };
}

function makeBatch(
  { tokenizer }: Corpus,
  sequences: readonly Int32Array[],
  { batchSize, sequenceLength, maskProbability }: BatchOptions,
  mask: (ids: Int32Array, tokenCount: number) => MaskedTokens,
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
  const slots = maskedSlots({ batchSize, sequenceLength, maskProbability });
  const { inputIds, positions: found } = mask(originalIds, tokenCount);
  const positions = found.slice(0, slots);
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
