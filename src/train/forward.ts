/** The forward pass of one model on one batch. */
import type * as tf from '@tensorflow/tfjs';
import type { Needs } from '../config/needs';
import { gatherRows } from '../kernels/gatherRows/gatherRows';
import { type EncodeOptions, type EncoderOutput, encode } from '../model/encoder';
import { mlmLogits } from '../model/mlmHead';
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

export function forward(
  { shape, parameters }: Model,
  batch: BatchTensors,
  needs: Needs,
  block?: EncodeOptions['block'],
): Forward {
  const encoder = encode(parameters, shape, batch.input, {
    keepScores: needs.scores,
    keepProbabilities: needs.probabilities,
    keepQkv: (layer) => needs.qkv.includes(layer + 1),
    block,
  });
  const hidden = encoder.hiddenStates[shape.layers];
  const allLogits = needs.allLogits ? mlmLogits(parameters, hidden) : null;
  // Those of all tokens hold these too; but picking rows of the vocabulary takes longer than a product with so few.
  const maskedLogits = needs.maskedLogits ? mlmLogits(parameters, gatherRows(hidden, batch.masked)) : null;
  return { encoder, hidden, allLogits, maskedLogits };
}
