/** A batch on the device. */
import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../data/batches';
import { type RowIndex, rowIndex } from '../kernels/gatherRows/gatherRows';
import type { EncoderInput } from '../model/encoder';

export interface BatchTensors {
  input: EncoderInput;
  /** 1 for every token, 0 for padding, [N]. */
  tokenWeights: tf.Tensor1D;
  /** The M masked positions as rows of [N, ·]. */
  masked: RowIndex;
  /** Gold ids of the masked words, [M] int32. */
  labels: tf.Tensor1D;
  /** 1 for a masked word, 0 where the list is filled up to its fixed length M. */
  maskedWeights: tf.Tensor1D;
  /** The same batch on the CPU. */
  source: Batch;
}

export function batchTensors(batch: Batch, vocabularySize: number): BatchTensors {
  const { batchSize, sequenceLength } = batch;
  return {
    input: {
      batchSize,
      sequenceLength,
      tokens: rowIndex(batch.inputIds, vocabularySize),
      attentionMask: tf.tensor2d(batch.attentionMask, [batchSize, sequenceLength], 'float32'),
    },
    tokenWeights: tf.tensor1d(batch.attentionMask, 'float32'),
    masked: rowIndex(batch.maskedPositions, batchSize * sequenceLength),
    labels: tf.tensor1d(batch.labels, 'int32'),
    maskedWeights: tf.tensor1d(batch.maskedWeights, 'float32'),
    source: batch,
  };
}
