/** A batch on the device: one block of memory with fixed shapes, so that a recorded step reads each new batch. */
import type * as tf from '@tensorflow/tfjs';
import type { Batch } from '../data/batches';
import { permutation, randomStream } from '../data/random';
import { type Block, disposeBlock, makeBlock, type Part, writeStored } from '../kernels/backends/storage';
import { fillRowIndex, type RowIndex } from '../kernels/gatherRows/gatherRows';
import type { Rows } from '../methods/method';
import type { EncoderInput } from '../model/encoder';

/** Sizes that a block is made for: B sequences of L tokens (N = B·L), M masked words, V vocabulary. */
export interface BatchSizes {
  batchSize: number;
  sequenceLength: number;
  maskedSlots: number;
  vocabularySize: number;
  /** How many answers a prediction is one of; the vocabulary where left out. */
  answers?: number;
  /** Whether sequences are pairs, of which each token has a segment. */
  pairs?: boolean;
}

const int = (...shape: number[]): Part => ({ shape, dtype: 'int32' });
const float = (...shape: number[]): Part => ({ shape, dtype: 'float32' });

const partsOf = ({
  batchSize: B,
  sequenceLength: L,
  maskedSlots: M,
  vocabularySize: V,
  answers = V,
  pairs = false,
}: BatchSizes) => ({
  ids: int(B * L),
  order: int(B * L),
  offsets: int(V + 1),
  segmentIds: int(pairs ? B * L : 0),
  segmentOrder: int(pairs ? B * L : 0),
  segmentOffsets: int(pairs ? 3 : 0),
  attentionMask: float(B, L),
  tokenShares: float(B * L),
  sequenceShares: float(B),
  tokenLabels: int(B * L),
  tokenPredictionShares: float(2, B * L),
  maskedIds: int(M),
  maskedOrder: int(M),
  maskedOffsets: int(B * L + 1),
  labels: int(M),
  maskedWeights: float(M),
  maskedShares: float(M),
  maskedPredictionShares: float(2, M),
  permutation: int(answers),
  tokenGold: int(B * L),
  maskedGold: int(M),
  tokenPreimages: int(B * L),
  maskedPreimages: int(M),
  dropoutSeed: int(1),
});

type PartName = keyof ReturnType<typeof partsOf>;

/** Rows of predictions and what they are compared with: all N tokens, or the M masked words. */
export interface PredictionRows extends Rows {
  /** For the shuffled teacher: which word the permutation takes to the gold one. */
  goldPreimages: tf.Tensor1D;
}

export class BatchTensors {
  readonly input: EncoderInput;
  /** The M masked positions as rows of [N, ·]. */
  readonly masked: RowIndex;
  /** Gold ids of the masked words, [M] int32. */
  readonly labels: tf.Tensor1D;
  /** 1 for a masked word, 0 where the list is filled up to its fixed length M. */
  readonly maskedWeights: tf.Tensor1D;
  readonly rows: { all: PredictionRows; masked: PredictionRows };
  /** Each token's share in a mean over those that are no padding, [N], and each sequence's, [B], without filling. */
  readonly tokenShares: tf.Tensor1D;
  readonly sequenceShares: tf.Tensor1D;
  /** π of the shuffled teacher, [V] int32. */
  readonly permutation: tf.Tensor1D;
  /** What this batch's dropout is drawn by, [1] int32. */
  readonly dropoutSeed: tf.Tensor1D;
  private readonly block: Block<PartName>;
  /** What is written next: all numbers of the block, and each of its parts, read as integers or as floats. */
  private readonly values: Float32Array;
  private readonly ints: Record<PartName, Int32Array>;
  private readonly floats: Record<PartName, Float32Array>;

  constructor(readonly sizes: BatchSizes) {
    this.block = makeBlock(partsOf(sizes));
    this.values = new Float32Array(this.block.size);
    this.ints = this.views(Int32Array);
    this.floats = this.views(Float32Array);
    const parts = this.block.parts as Record<PartName, tf.Tensor> as Record<PartName, tf.Tensor1D>;
    const matrix = (name: PartName) => parts[name] as unknown as tf.Tensor2D;
    const { batchSize, sequenceLength, pairs } = sizes;
    const { segmentIds, segmentOrder, segmentOffsets } = parts;
    const segments = { ids: segmentIds, order: segmentOrder, offsets: segmentOffsets };
    this.input = {
      batchSize,
      sequenceLength,
      tokens: { ids: parts.ids, order: parts.order, offsets: parts.offsets },
      ...(pairs ? { segments } : {}),
      attentionMask: matrix('attentionMask'),
    };
    this.masked = { ids: parts.maskedIds, order: parts.maskedOrder, offsets: parts.maskedOffsets };
    this.tokenShares = parts.tokenShares;
    this.sequenceShares = parts.sequenceShares;
    this.labels = parts.labels;
    this.maskedWeights = parts.maskedWeights;
    this.permutation = parts.permutation;
    this.dropoutSeed = parts.dropoutSeed;
    this.rows = {
      all: {
        labels: parts.tokenLabels,
        shares: parts.tokenShares,
        predictionShares: matrix('tokenPredictionShares'),
        gold: parts.tokenGold,
        goldPreimages: parts.tokenPreimages,
      },
      masked: {
        labels: parts.labels,
        shares: parts.maskedShares,
        predictionShares: matrix('maskedPredictionShares'),
        gold: parts.maskedGold,
        goldPreimages: parts.maskedPreimages,
      },
    };
  }

  /**
   * Writes a batch of these sizes. `shuffle` (seed and step) draws the permutation of the shuffled teacher; null where
   * no arm learns from one. `dropoutSeed` is for who drops.
   */
  write(batch: Batch, shuffle: { seed: number; step: number } | null, dropoutSeed = 0) {
    const { inputIds, attentionMask, maskedPositions, maskedWeights, labels, originalIds } = batch;
    const { pairs = false, batchSize, sequenceLength } = this.sizes;
    const { ints, floats } = this;
    const tokenShare = 1 / Math.max(1, batch.tokenCount);
    const maskedShare = 1 / Math.max(1, batch.maskedCount);
    // Padding gives [PAD]'s embedding no gradient, as both references have it (`padding_idx = 0`). The embeddings of
    // positions and token types have no such row there, and take the gradient of padding here too.
    fillRowIndex(inputIds, ints.order, ints.offsets, attentionMask);
    ints.ids.set(inputIds);
    if (pairs) {
      ints.segmentIds.set(batch.segmentIds ?? new Int32Array(batchSize * sequenceLength));
      fillRowIndex(ints.segmentIds, ints.segmentOrder, ints.segmentOffsets);
    }
    ints.dropoutSeed[0] = dropoutSeed;
    floats.attentionMask.set(attentionMask);
    const N = inputIds.length;
    for (let n = 0; n < N; n++) floats.tokenShares[n] = attentionMask[n] * tokenShare;
    fillRowIndex(maskedPositions, ints.maskedOrder, ints.maskedOffsets);
    ints.maskedIds.set(maskedPositions);
    ints.labels.set(labels);
    floats.maskedWeights.set(maskedWeights);
    const M = labels.length;
    for (let m = 0; m < M; m++) floats.maskedShares[m] = maskedWeights[m] * maskedShare;
    floats.maskedPredictionShares.set(floats.maskedShares);
    floats.maskedPredictionShares.set(floats.maskedShares, M);
    const ofTokens = floats.tokenPredictionShares.fill(0);
    ofTokens.set(floats.tokenShares);
    ints.tokenLabels.fill(-1);
    for (let m = 0; m < M; m++) {
      if (maskedWeights[m] === 0) continue;
      ints.tokenLabels[maskedPositions[m]] = labels[m];
      ofTokens[N + maskedPositions[m]] = maskedShare;
    }
    const sequenceShare = 1 / Math.max(1, batch.sequenceCount);
    floats.sequenceShares.fill(0).fill(sequenceShare, 0, batch.sequenceCount);
    for (let n = 0; n < N; n++) ints.tokenGold[n] = attentionMask[n] === 0 ? -1 : originalIds[n];
    for (let m = 0; m < M; m++) ints.maskedGold[m] = maskedWeights[m] === 0 ? -1 : labels[m];
    if (shuffle) this.writeShuffle(shuffle, originalIds, labels);
    writeStored(this.block.flat, this.values);
  }

  dispose() {
    disposeBlock(this.block);
  }

  private writeShuffle({ seed, step }: { seed: number; step: number }, gold: Int32Array, labels: Int32Array) {
    const { vocabularySize, answers = vocabularySize } = this.sizes;
    // Drawn afresh at each step, so that the student can't learn the permutation itself.
    const order = permutation(answers, randomStream(seed, step, 'shuffled teacher'));
    const preimages = new Int32Array(answers);
    order.forEach((from, to) => {
      preimages[from] = to;
    });
    this.ints.permutation.set(order);
    this.ints.tokenPreimages.set(gold.map((id) => preimages[id]));
    this.ints.maskedPreimages.set(labels.map((id) => preimages[id]));
  }

  private views<T>(Numbers: new (buffer: ArrayBufferLike, at: number, length: number) => T) {
    const views = {} as Record<PartName, T>;
    for (const name of Object.keys(this.block.parts) as PartName[]) {
      views[name] = new Numbers(
        this.values.buffer,
        4 * this.block.offsets[name],
        this.block.parts[name].size,
      );
    }
    return views;
  }
}
