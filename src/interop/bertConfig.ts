/** Hugging Face's config.json of a BERT or a DistilBERT, and the model that it describes. */
import { teacherBounds } from '../config/bounds';
import { ProblemError } from '../config/problems';
import type { TeacherShape } from '../config/teachers';
import { z } from '../config/zod';

const size = z.number().int().min(1);

/**
 * The entries that decide what the model computes; Hugging Face leaves out some that have their default value. What is
 * not here changes nothing that is computed: dropout, initialisation, the pooler, labels, names, token ids, outputs,
 * caches, chunking, the type that weights were saved in.
 */
export const bertConfigSchema = z.looseObject({
  model_type: z.string().default('bert'),
  vocab_size: size,
  hidden_size: size,
  num_hidden_layers: size,
  num_attention_heads: size,
  intermediate_size: size,
  max_position_embeddings: size,
  /**
   * 1 in a student without token-type embeddings, as a row of zeros, since `transformers` needs one; 0 in those that
   * were kept before.
   */
  type_vocab_size: z.number().int().min(0).default(2),
  tie_word_embeddings: z.boolean().default(true),
});

/** Entries that would change the result, with the values that mean what is computed here; absent is the first. */
const fixed: Record<string, readonly unknown[]> = {
  model_type: ['bert'],
  hidden_act: ['gelu', 'gelu_python'],
  layer_norm_eps: [1e-12],
  position_embedding_type: ['absolute', null],
  // The MLM head's decoder is the embeddings themselves.
  tie_word_embeddings: [true],
  is_decoder: [false, null],
  is_encoder_decoder: [false, null],
  add_cross_attention: [false, null],
  cross_attention_hidden_size: [null],
  tie_encoder_decoder: [false, null],
  embedding_size: [null],
  num_key_value_heads: [null],
  head_dim: [null],
  attention_bias: [true, null],
  rope_theta: [null],
  rope_scaling: [null],
  rope_parameters: [null],
  sinusoidal_pos_embds: [false, null],
  quantization_config: [null],
  adapters: [null],
};

export type BertConfig = z.input<typeof bertConfigSchema>;

/** DistilBERT's keys, BERT's. */
const distilbertKeys = new Map([
  ['n_layers', 'num_hidden_layers'],
  ['n_heads', 'num_attention_heads'],
  ['dim', 'hidden_size'],
  ['hidden_dim', 'intermediate_size'],
  ['activation', 'hidden_act'],
]);

export const isDistilbert = (json: unknown): boolean =>
  typeof json === 'object' && (json as { model_type?: unknown } | null)?.model_type === 'distilbert';

/** A DistilBERT's config as that of a BERT without token types; others as they are. */
function asBert(json: unknown): unknown {
  if (!isDistilbert(json)) return json;
  const entries = Object.entries(json as object).map(([key, value]) => [
    distilbertKeys.get(key) ?? key,
    value,
  ]);
  return { ...Object.fromEntries(entries), model_type: 'bert', type_vocab_size: 0 };
}

/**
 * The shape of the model that a parsed config.json describes.
 * @throws ProblemError weightsMalformed, or configUnsupported where it is a model that the encoder doesn't compute, or
 * larger than `teacherBounds`
 */
export function shapeOfConfig(json: unknown): TeacherShape {
  const parsed = bertConfigSchema.safeParse(asBert(json));
  if (!parsed.success) {
    const reason = z.prettifyError(parsed.error).slice(0, 500);
    throw new ProblemError('weightsMalformed', { file: 'config.json', reason });
  }
  const config = parsed.data;
  for (const [key, values] of Object.entries(fixed)) {
    const value = Object.hasOwn(config, key) ? config[key] : values[0];
    require(values.includes(value), key, value);
  }
  // Heads that were cut away: none may be.
  const pruned = config.pruned_heads;
  require(pruned == null || Object.keys(pruned).length === 0, 'pruned_heads', 'not empty');
  const shape: TeacherShape = {
    layers: config.num_hidden_layers,
    hiddenSize: config.hidden_size,
    heads: config.num_attention_heads,
    intermediateSize: config.intermediate_size,
    tokenTypes: config.type_vocab_size > 0,
    vocabularySize: config.vocab_size,
    maxPositions: config.max_position_embeddings,
  };
  const sizes = [
    ['num_hidden_layers', 'layers'],
    ['hidden_size', 'hiddenSize'],
    ['num_attention_heads', 'heads'],
    ['intermediate_size', 'intermediateSize'],
    ['vocab_size', 'vocabularySize'],
    ['max_position_embeddings', 'maxPositions'],
  ] as const;
  for (const [key, name] of sizes) require(shape[name] <= teacherBounds[name], key, shape[name]);
  require(config.type_vocab_size <= 2, 'type_vocab_size', config.type_vocab_size);
  require(shape.hiddenSize % shape.heads === 0, 'num_attention_heads', shape.heads);
  return shape;
}

/** How many rows the token-type embeddings have in the file. */
export const tokenTypeRowsOf = (json: unknown): number =>
  bertConfigSchema.parse(asBert(json)).type_vocab_size;

const sequenceClassifier = /^(Distil)?BertForSequenceClassification$/;
/** Those that a task may have. */
const classBounds = { min: 2, max: 64 };
const longestName = 200;

/**
 * The names of the classes that a model tells apart, in their order.
 * @throws ProblemError configUnsupported where it is no sequence classifier, or one of fewer or more classes than a task has
 */
export function classesOfConfig(json: unknown): string[] {
  const { architectures, id2label, num_labels, problem_type } = json as Record<string, unknown>;
  const architecture = Array.isArray(architectures) ? architectures[0] : undefined;
  require(typeof architecture === 'string' &&
    sequenceClassifier.test(architecture), 'architectures', architecture);
  const single = [undefined, null, 'single_label_classification'];
  require(single.includes(problem_type as string | null | undefined), 'problem_type', problem_type);
  const names = typeof id2label === 'object' && id2label !== null ? new Map(Object.entries(id2label)) : null;
  const count = names ? names.size : (num_labels ?? classBounds.min);
  const isCount =
    Number.isInteger(count) && Number(count) >= classBounds.min && Number(count) <= classBounds.max;
  require(isCount, names ? 'id2label' : 'num_labels', count);
  return Array.from({ length: Number(count) }, (_, i) =>
    String(names?.get(String(i)) ?? `LABEL_${i}`).slice(0, longestName),
  );
}

function require(supported: boolean, key: string, value: unknown) {
  if (supported) return;
  const shown = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
  throw new ProblemError('configUnsupported', { key, value: shown.slice(0, 40) });
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
  type_vocab_size: shape.tokenTypes ? 2 : 1,
  hidden_act: 'gelu',
  layer_norm_eps: 1e-12,
  tie_word_embeddings: true,
});

/** The config of a classifier: BERT's with token types, DistilBERT's without. */
export function configOfClassifier(shape: TeacherShape, classes: readonly string[]): object {
  const own = shape.tokenTypes
    ? { ...configOfShape(shape), architectures: ['BertForSequenceClassification'] }
    : { ...distilbertConfig(shape), architectures: ['DistilBertForSequenceClassification'] };
  return {
    ...own,
    id2label: Object.fromEntries(classes.map((name, i) => [String(i), name])),
    label2id: Object.fromEntries(classes.map((name, i) => [name, i])),
    problem_type: 'single_label_classification',
  };
}

/** The config of a DistilBERT that fills in words; its LayerNorms' epsilon, 1e-12, has no entry. */
export const distilbertConfig = (shape: TeacherShape): object => ({
  architectures: ['DistilBertForMaskedLM'],
  model_type: 'distilbert',
  vocab_size: shape.vocabularySize,
  max_position_embeddings: shape.maxPositions,
  sinusoidal_pos_embds: false,
  n_layers: shape.layers,
  n_heads: shape.heads,
  dim: shape.hiddenSize,
  hidden_dim: shape.intermediateSize,
  activation: 'gelu',
  tie_word_embeddings: true,
});
