/** Hugging Face's config.json of a BERT, and the shape that it describes. */

import { ProblemError } from '../config/problems';
import type { TeacherShape } from '../config/teachers';
import { z } from '../config/zod';

const size = z.number().int().min(1);

/** The entries that decide what the model computes; Hugging Face leaves out some that have their default value. */
export const bertConfigSchema = z.looseObject({
  model_type: z.string().default('bert'),
  vocab_size: size,
  hidden_size: size,
  num_hidden_layers: size,
  num_attention_heads: size,
  intermediate_size: size,
  max_position_embeddings: size,
  /** 0 in a student without token-type embeddings, which Hugging Face's BERT does not know. */
  type_vocab_size: z.number().int().min(0).default(2),
  hidden_act: z.string().default('gelu'),
  layer_norm_eps: z.number().default(1e-12),
  position_embedding_type: z.string().default('absolute'),
});

export type BertConfig = z.input<typeof bertConfigSchema>;

/**
 * The shape of the model that a parsed config.json describes.
 * @throws ProblemError weightsMalformed, or configUnsupported where it is a model that the encoder doesn't compute
 */
export function shapeOfConfig(json: unknown): TeacherShape {
  const parsed = bertConfigSchema.safeParse(json);
  if (!parsed.success) {
    const reason = z.prettifyError(parsed.error);
    throw new ProblemError('weightsMalformed', { file: 'config.json', reason });
  }
  const config = parsed.data;
  const { hidden_size: hiddenSize, num_attention_heads: heads, type_vocab_size: types } = config;
  require(config.model_type === 'bert', 'model_type', config.model_type);
  require(config.hidden_act === 'gelu', 'hidden_act', config.hidden_act);
  require(config.layer_norm_eps === 1e-12, 'layer_norm_eps', config.layer_norm_eps);
  require(config.position_embedding_type ===
    'absolute', 'position_embedding_type', config.position_embedding_type);
  require(types === 2 || types === 0, 'type_vocab_size', types);
  require(hiddenSize % heads === 0, 'num_attention_heads', heads);
  return {
    layers: config.num_hidden_layers,
    hiddenSize,
    heads,
    intermediateSize: config.intermediate_size,
    tokenTypes: types > 0,
    vocabularySize: config.vocab_size,
    maxPositions: config.max_position_embeddings,
  };
}

function require(supported: boolean, key: string, value: string | number) {
  if (!supported) throw new ProblemError('configUnsupported', { key, value });
}

export const configOfShape = (shape: TeacherShape): BertConfig => ({
  architectures: ['BertForMaskedLM'],
  model_type: 'bert',
  vocab_size: shape.vocabularySize,
  hidden_size: shape.hiddenSize,
  num_hidden_layers: shape.layers,
  num_attention_heads: shape.heads,
  intermediate_size: shape.intermediateSize,
  max_position_embeddings: shape.maxPositions,
  type_vocab_size: shape.tokenTypes ? 2 : 0,
  hidden_act: 'gelu',
  layer_norm_eps: 1e-12,
  tie_word_embeddings: true,
});
