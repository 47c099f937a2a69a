/** The forward pass of one model on one batch. */
import type * as tf from '@tensorflow/tfjs';
import { mlm } from '../config/heads';
import type { Needs } from '../config/needs';
import { gatherRows } from '../kernels/gatherRows/gatherRows';
import { type EncodeOptions, type EncoderOutput, encode } from '../model/encoder';
import { headLogits } from '../model/head';
import type { BatchTensors } from './batchTensors';
import type { Model } from './model';

export interface Forward {
  encoder: EncoderOutput;
  /** Last hidden states, [N, d]. */
  hidden: tf.Tensor2D;
  /** Logits at every token [N, V], where needed. */
  allLogits: tf.Tensor2D | null;
  /** Logits at the masked words [M, V], where needed. */
  maskedLogits: tf.Tensor2D | null;
}

/** Of a pass that is asked for its answers alone. */
export const onlyAsked: Needs = { allLogits: false, maskedLogits: true, scores: false, qkv: [] };

export function forward(
  { shape, parameters, head = mlm }: Model,
  batch: BatchTensors,
  needs: Needs,
  { block, dropout }: Pick<EncodeOptions, 'block' | 'dropout'> = {},
): Forward {
  const encoder = encode(parameters, shape, batch.input, {
    keepScores: needs.scores,
    keepProbabilities: needs.probabilities,
    keepQkv: (layer) => needs.qkv.includes(layer + 1),
    block,
    dropout,
  });
  const hidden = encoder.hiddenStates[shape.layers];
  const logits = (rows: tf.Tensor2D) => headLogits(head, parameters, rows, shape.layers, dropout);
  const allLogits = needs.allLogits ? logits(hidden) : null;
  // Those of all tokens hold these too; but picking rows of the vocabulary takes longer than a product with so few.
  const maskedLogits = needs.maskedLogits ? logits(gatherRows(hidden, batch.masked)) : null;
  return { encoder, hidden, allLogits, maskedLogits };
}
