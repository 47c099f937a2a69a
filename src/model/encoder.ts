/**
 * The whole encoder, read from top to bottom: BERT (Devlin et al. 2019) as Hugging Face has it, post-LN, without dropout.
 * Teacher and students are this one function under different shapes and weights.
 *
 * Dimensions: B sequences in a batch, L tokens in a sequence, N = B·L, d hidden size, H heads, k = d/H, V vocabulary.
 * Parameters go by Hugging Face's names; a linear layer's weight is [out, in].
 */
import * as tf from '@tensorflow/tfjs';
import type { Architecture } from '../config/experiment';
import { gatherRows, type RowIndex } from '../kernels/gatherRows/gatherRows';
import { gelu } from '../kernels/gelu/gelu';
import { layerNorm } from '../kernels/layerNorm/layerNorm';

/** A model's weights by Hugging Face name; variables where they are trained. */
export type Parameters = Record<string, tf.Tensor>;

export interface EncoderInput {
  batchSize: number;
  sequenceLength: number;
  /** Token ids as an index of N positions into the V rows of the token embeddings. */
  tokens: RowIndex;
  /** [B, L], 1 for a token and 0 for padding. */
  attentionMask: tf.Tensor2D;
}

export interface EncoderOutput {
  /** The embeddings' output, then that of each layer: layers + 1 times [N, d]. */
  hiddenStates: tf.Tensor2D[];
  /** Per layer QKᵀ/√k before mask and softmax, [B, H, L, L]. */
  attentionScores: tf.Tensor4D[];
  /** Per layer softmax of the masked scores, [B, H, L, L]. */
  attentionProbabilities: tf.Tensor4D[];
}

const layerNormEpsilon = 1e-12;
/** Taken from the scores of padding. Finite, since WGSL may assume that no infinity occurs. */
const paddingPenalty = 1e9;

export function encode(
  p: Parameters,
  { layers, heads: H }: Architecture,
  input: EncoderInput,
): EncoderOutput {
  const { batchSize: B, sequenceLength: L, tokens, attentionMask } = input;
  const normalise = (x: tf.Tensor2D, name: string) => normaliseLayer(p, name, x);
  const split = (x: tf.Tensor2D) => tf.transpose(x.reshape([B, L, H, -1]), [0, 2, 1, 3]) as tf.Tensor4D; // [B, H, L, k]
  const join = (x: tf.Tensor4D) => tf.transpose(x, [0, 2, 1, 3]).reshape([B * L, -1]) as tf.Tensor2D; // [N, d]
  const maskBias = attentionMask.sub(1).mul(paddingPenalty).reshape([B, 1, 1, L]);

  let x = normalise(embed(p, input), 'bert.embeddings.LayerNorm'); // [N, d]
  const output: EncoderOutput = { hiddenStates: [x], attentionScores: [], attentionProbabilities: [] };

  for (let layer = 0; layer < layers; layer++) {
    const at = `bert.encoder.layer.${layer}`;
    const query = split(linear(p, `${at}.attention.self.query`, x));
    const key = split(linear(p, `${at}.attention.self.key`, x));
    const value = split(linear(p, `${at}.attention.self.value`, x));

    const scores = tf.matMul(query, key, false, true).div(Math.sqrt(query.shape[3])) as tf.Tensor4D; // [B, H, L, L]
    const probabilities = tf.softmax(scores.add(maskBias)) as tf.Tensor4D;
    const context = join(tf.matMul(probabilities, value));
    x = normalise(
      x.add(linear(p, `${at}.attention.output.dense`, context)),
      `${at}.attention.output.LayerNorm`,
    );

    const inner = gelu(linear(p, `${at}.intermediate.dense`, x)); // [N, 4d]
    x = normalise(x.add(linear(p, `${at}.output.dense`, inner)), `${at}.output.LayerNorm`);

    output.hiddenStates.push(x);
    output.attentionScores.push(scores);
    output.attentionProbabilities.push(probabilities);
  }
  return output;

  /** Sum of token, position and (where the model has them) token-type embeddings, [N, d]. */
  function embed(p: Parameters, { batchSize: B, sequenceLength: L }: EncoderInput): tf.Tensor2D {
    const token = p['bert.embeddings.word_embeddings.weight'] as tf.Tensor2D; // [V, d]
    const position = p['bert.embeddings.position_embeddings.weight'] as tf.Tensor2D; // [longest L, d]
    const type = p['bert.embeddings.token_type_embeddings.weight'] as tf.Tensor2D | undefined; // [2, d]
    const d = token.shape[1];
    const atPosition = gatherRows(token, tokens).reshape([B, L, d]).add(position.slice(0, L));
    // Every text here is a first segment, so that all tokens have type 0.
    const summed = type ? atPosition.add(type.slice(0, 1)) : atPosition;
    return summed.reshape([B * L, d]);
  }
}

/** x [N, in] -> x Wᵀ + b, [N, out]. */
export const linear = (p: Parameters, name: string, x: tf.Tensor2D): tf.Tensor2D =>
  tf.matMul(x, p[`${name}.weight`] as tf.Tensor2D, false, true).add(p[`${name}.bias`]);

export const normaliseLayer = (p: Parameters, name: string, x: tf.Tensor2D): tf.Tensor2D =>
  layerNorm(x, p[`${name}.weight`] as tf.Tensor1D, p[`${name}.bias`] as tf.Tensor1D, layerNormEpsilon);
