/**
 * The whole encoder, read from top to bottom: BERT (Devlin et al. 2019) as Hugging Face has it, post-LN, and without
 * dropout unless it is asked for. Teacher and students are this one function under different shapes and weights.
 *
 * Dimensions: B sequences in a batch, L tokens in a sequence, N = B·L, d hidden size, H heads, k = d/H, V vocabulary.
 * Parameters go by Hugging Face's names, with query, key and value joined (`packing.ts`); a linear layer's weight is
 * [out, in].
 */
import type * as tf from '@tensorflow/tfjs';
import type { Architecture } from '../config/experiment';
import { type SelfAttentionOutput, selfAttention } from '../kernels/attention/selfAttention';
import { type Dropout, type DropoutAt, dropout as drop } from '../kernels/dropout/dropout';
import { embed } from '../kernels/embedding/embedding';
import type { RowIndex } from '../kernels/gatherRows/gatherRows';
import { layerNorm } from '../kernels/layerNorm/layerNorm';
import { feedForward, type LinearOptions, linear as product } from '../kernels/matMul/matMul';

/** A model's weights by name. */
export type Parameters = Record<string, tf.Tensor>;

/** What `encode` needs to know of a model besides its weights. */
export interface EncoderShape extends Pick<Architecture, 'layers' | 'heads'> {
  /** ε of every LayerNorm; BERT's where it is left out. */
  layerNormEpsilon?: number;
}

export interface EncoderInput {
  batchSize: number;
  sequenceLength: number;
  /** Token ids as an index of N positions into the V rows of the token embeddings. */
  tokens: RowIndex;
  /** Of pairs: segment ids, 0 or 1, as an index of N positions into the 2 rows of the token types; absent: all are 0. */
  segments?: RowIndex;
  /** [B, L], 1 for a token and 0 for padding. */
  attentionMask: tf.Tensor2D;
}

/** What a layer's attention keeps besides its result. No gradient flows through the probabilities. */
export interface LayerKeeps {
  keepScores?: boolean;
  keepProbabilities?: boolean;
  keepQkv?: boolean;
}

export interface LayerOptions extends LayerKeeps {
  dropout?: Dropout | null;
}

export interface LayerOutput extends Omit<SelfAttentionOutput, 'attended'> {
  /** The layer's hidden state, [N, d]. */
  hidden: tf.Tensor2D;
}

export interface EncodeOptions extends Pick<LayerKeeps, 'keepScores' | 'keepProbabilities'> {
  /** The layers, counted from 0, whose queries, keys and values are kept. */
  keepQkv?: (layer: number) => boolean;
  /**
   * Drops numbers where BERT does: the embeddings, and in each layer the attention probabilities and what either residual
   * is added to. Hidden states are as the dropped ones make them, scores and probabilities before their own dropout.
   */
  dropout?: Dropout | null;
  /**
   * What a layer's output is, [N, d], given its input x [N, d], in place of `own()`, which computes the layer. Where
   * `own` isn't called there is nothing of that layer to keep.
   */
  block?: (layer: number, own: () => tf.Tensor2D, x: tf.Tensor2D) => tf.Tensor2D;
}

export interface EncoderOutput {
  /** The embeddings' output, then that of each layer: layers + 1 times [N, d]. */
  hiddenStates: tf.Tensor2D[];
  /** Per layer QKᵀ/√k before mask and softmax, [B, H, L, L]; empty unless asked for. */
  attentionScores: tf.Tensor4D[];
  /** Per layer softmax of the masked scores, [B, H, L, L]; empty unless asked for. No gradient flows through them. */
  attentionProbabilities: tf.Tensor4D[];
  /** Per layer queries, keys and values of all heads side by side, [N, 3d]; null where they aren't kept. */
  qkv: (tf.Tensor2D | null)[];
}

export const bertEpsilon = 1e-12;

/** Places of dropout, in the order of the computation. */
const embeddingsPlace = 0;
const layerPlaces = { probabilities: 1, attention: 2, output: 3 };
const perLayer = 3;
const placeIn = (layer: number, place: keyof typeof layerPlaces) => layerPlaces[place] + perLayer * layer;
/** The head's, in a model of so many layers. */
export const headPlace = (layers: number) => 1 + perLayer * layers;

export function encode(
  p: Parameters,
  shape: EncoderShape,
  { sequenceLength, tokens, segments, attentionMask }: EncoderInput,
  {
    keepScores,
    keepProbabilities,
    keepQkv = () => false,
    dropout = null,
    block = (_layer, own) => own(),
  }: EncodeOptions = {},
): EncoderOutput {
  const embedded = embed(
    tokens,
    p['bert.embeddings.word_embeddings.weight'] as tf.Tensor2D, // [V, d]
    p['bert.embeddings.position_embeddings.weight'] as tf.Tensor2D, // [longest L, d]
    // Students in DistilBERT's style have no token types.
    (p['bert.embeddings.token_type_embeddings.weight'] as tf.Tensor2D | undefined) ?? null, // [2, d]
    sequenceLength,
    segments,
  );
  let x = normaliseLayer(p, 'bert.embeddings.LayerNorm', embedded, shape.layerNormEpsilon); // [N, d]
  x = drop(x, dropout && { ...dropout, place: embeddingsPlace });
  const output: EncoderOutput = {
    hiddenStates: [x],
    attentionScores: [],
    attentionProbabilities: [],
    qkv: Array(shape.layers).fill(null),
  };

  for (let index = 0; index < shape.layers; index++) {
    const input = x;
    const own = () => {
      const options = { keepScores, keepProbabilities, keepQkv: keepQkv(index), dropout };
      const { hidden, scores, probabilities, qkv } = layer(p, index, input, attentionMask, shape, options);
      if (scores) output.attentionScores.push(scores);
      if (probabilities) output.attentionProbabilities.push(probabilities);
      output.qkv[index] = qkv;
      return hidden;
    };
    x = block(index, own, input);
    output.hiddenStates.push(x);
  }
  return output;
}

/** Layer `index` of a model, counted from 0: x [N, d] and the attention mask [B, L] -> the hidden state [N, d]. */
export function layer(
  p: Parameters,
  index: number,
  x: tf.Tensor2D,
  attentionMask: tf.Tensor2D,
  { heads, layerNormEpsilon }: Pick<EncoderShape, 'heads' | 'layerNormEpsilon'>,
  { dropout, ...keeps }: LayerOptions = {},
): LayerOutput {
  const at = `bert.encoder.layer.${index}`;
  const normalise = (name: string, x: tf.Tensor2D) =>
    normaliseLayer(p, `${at}.${name}.LayerNorm`, x, layerNormEpsilon);
  const droppedAt = (place: keyof typeof layerPlaces): DropoutAt | null =>
    dropout ? { ...dropout, place: placeIn(index, place) } : null;
  const [ofProbabilities, ofAttention] = [droppedAt('probabilities'), droppedAt('attention')];

  const [qkvWeight, qkvBias] = weightAndBias(p, `${at}.attention.self.qkv`);
  const [outputWeight, outputBias] = weightAndBias(p, `${at}.attention.output.dense`);
  const weights = { qkvWeight, qkvBias, outputWeight, outputBias };
  // x + out(softmax(QKᵀ/√k) V), heads side by side
  const { attended, ...kept } = selfAttention(x, weights, attentionMask, {
    heads,
    ...keeps,
    dropout: ofProbabilities && ofAttention && { probabilities: ofProbabilities, output: ofAttention },
  });
  const mixed = normalise('attention.output', attended);

  const [upWeight, upBias] = weightAndBias(p, `${at}.intermediate.dense`);
  const [downWeight, downBias] = weightAndBias(p, `${at}.output.dense`);
  // x + down(GELU(up(x)))
  const transformed = feedForward(mixed, upWeight, upBias, downWeight, downBias, droppedAt('output'));
  return { hidden: normalise('output', transformed), ...kept };
}

const weightAndBias = (p: Parameters, name: string) =>
  [p[`${name}.weight`] as tf.Tensor2D, p[`${name}.bias`] as tf.Tensor1D] as const;

/** x [N, in] -> x Wᵀ + b, [N, out]. */
export function linear(p: Parameters, name: string, x: tf.Tensor2D, options?: LinearOptions): tf.Tensor2D {
  const [weight, bias] = weightAndBias(p, name);
  return product(x, weight, bias, options);
}

export const normaliseLayer = (
  p: Parameters,
  name: string,
  x: tf.Tensor2D,
  epsilon = bertEpsilon,
): tf.Tensor2D => {
  const [gain, bias] = weightAndBias(p, name);
  return layerNorm(x, gain as unknown as tf.Tensor1D, bias, epsilon);
};
