/** A teacher in Hugging Face's three files: config.json, tokenizer.json and model.safetensors. */
import { teacherBounds } from '../config/bounds';
import { type Head, headOf } from '../config/heads';
import { ProblemError } from '../config/problems';
import type { TeacherShape } from '../config/teachers';
import type { Weights } from '../model/initialise';
import { parameterShapes } from '../model/parameterNames';
import {
  classesOfConfig,
  configOfClassifier,
  configOfShape,
  isDistilbert,
  shapeOfConfig,
  tokenTypeRowsOf,
} from './bertConfig';
import { distilbertName, nameOfDistilbert } from './distilbertNames';
import { readSafetensors, writeSafetensors } from './safetensors';

export interface TeacherBundle {
  shape: TeacherShape;
  /** tokenizer.json, parsed. */
  tokenizer: unknown;
  /** The tensors of `parameterShapes(shape, headOf(classes))`, and no others. */
  weights: Weights;
  /** The names of the classes, in their order, where the model tells such apart; otherwise it fills in words. */
  classes?: string[];
}

export interface TeacherFiles {
  /** config.json, parsed. */
  config: unknown;
  /** tokenizer.json, parsed. */
  tokenizer: unknown;
  /** model.safetensors. */
  weights: ArrayBuffer;
}

const tokenEmbeddings = 'bert.embeddings.word_embeddings.weight';
const tokenTypeEmbeddings = 'bert.embeddings.token_type_embeddings.weight';

/**
 * A teacher whose parts were checked against each other: the small files and their bounds first. Tensors that its model does not use (a pooler, an untied
 * decoder, position ids) are left out. `kind`: what it is wanted for; a model for words is none for classes.
 * @throws ProblemError weights… or configUnsupported
 */
export function parseTeacher(
  { config, tokenizer, weights: bytes }: TeacherFiles,
  kind: Head['kind'] = 'mlm',
): TeacherBundle {
  const described = shapeOfConfig(config);
  const classes = kind === 'classify' ? classesOfConfig(config) : undefined;
  const vocabulary = vocabularySize(tokenizer);
  const shapes = parameterShapes(described, headOf(classes));
  // One row is what a student without token types has in its file, all zeros; another model's only row adds up.
  const rows = tokenTypeRowsOf(config);
  if (rows === 1) shapes[tokenTypeEmbeddings] = [1, described.hiddenSize];
  const names = Object.keys(shapes);
  const all = isDistilbert(config)
    ? byOurNames(readSafetensors(bytes, new Set(names.map(distilbertName))))
    : readSafetensors(bytes, new Set(names));
  const embedded = all.get(tokenEmbeddings)?.shape[0];
  if (embedded !== undefined && embedded !== vocabulary) {
    throw new ProblemError('weightsOtherVocabulary', { vocabulary, rows: embedded });
  }
  const weights: Weights = new Map();
  for (const [name, expected] of Object.entries(shapes)) {
    const weight = all.get(name);
    if (!weight) throw new ProblemError('weightsMissing', { name });
    if (String(weight.shape) !== String(expected)) {
      const text = (dimensions: number[]) => `[${dimensions.join(', ')}]`;
      throw new ProblemError('weightsWrongShape', {
        name,
        shape: text(weight.shape),
        expected: text(expected),
      });
    }
    weights.set(name, weight);
  }
  const tokenTypes = rows === 1 ? takeOnlyTokenType(weights, described.hiddenSize) : described.tokenTypes;
  return { shape: { ...described, tokenTypes }, tokenizer, weights, ...(classes ? { classes } : {}) };
}

const byOurNames = (weights: Weights): Weights =>
  new Map([...weights].map(([name, weight]) => [nameOfDistilbert(name), weight]));

/** A single row of token types: left out where it is zero, else a second one, which nothing reads, stands beside it. */
function takeOnlyTokenType(weights: Weights, hiddenSize: number): boolean {
  const row = weights.get(tokenTypeEmbeddings)!.data;
  if (row.every((value) => value === 0)) {
    weights.delete(tokenTypeEmbeddings);
    return false;
  }
  const data = new Float32Array(2 * hiddenSize);
  data.set(row);
  weights.set(tokenTypeEmbeddings, { shape: [2, hiddenSize], data });
  return true;
}

/** Ids from 0 to the largest, in the model's vocabulary or among the added tokens; bounded before they are looked at. */
function vocabularySize(json: unknown): number {
  const refuse = (reason: string): never => {
    throw new ProblemError('weightsMalformed', { file: 'tokenizer.json', reason });
  };
  const file = json as { model?: { vocab?: unknown }; added_tokens?: unknown } | null;
  const vocab = file?.model?.vocab;
  if (typeof vocab !== 'object' || vocab === null) return refuse('it has no vocabulary');
  const added = file?.added_tokens ?? [];
  if (!Array.isArray(added) || added.length > mostAdded) return refuse('its added tokens are no short list');
  const ids = Object.values(vocab);
  if (ids.length > teacherBounds.vocabularySize) return refuse(`its vocabulary has ${ids.length} tokens`);
  let largest = -1;
  for (const id of [...ids, ...Array.from(added, (token) => token?.id)]) {
    const isId = Number.isSafeInteger(id) && id >= 0 && id < teacherBounds.vocabularySize + mostAdded;
    if (!isId) refuse('one of its tokens has an id that is no whole number in range');
    largest = Math.max(largest, id);
  }
  return largest + 1;
}

const mostAdded = 1000;

/**
 * The files of a model, its weights as float16.
 * @param parameters flat values by name, those of `parameterShapes(shape, headOf(classes))`
 * @param classes as in a bundle
 * @throws ProblemError weightsMissing, weightsNotFinite or weightsOverflow
 */
export function serialiseTeacher({
  shape,
  tokenizer,
  parameters,
  classes,
}: {
  shape: TeacherShape;
  tokenizer: unknown;
  parameters: Record<string, Float32Array>;
  classes?: readonly string[];
}): TeacherFiles {
  const weights: Weights = new Map(
    Object.entries(parameterShapes(shape, headOf(classes))).map(([name, dimensions]) => {
      if (!parameters[name]) throw new ProblemError('weightsMissing', { name });
      return [name, { shape: dimensions, data: parameters[name] }];
    }),
  );
  // A classifier without token types has DistilBERT's head, and so its names.
  const asDistilbert = classes !== undefined && !shape.tokenTypes;
  if (!shape.tokenTypes && !asDistilbert) {
    // `transformers` runs no BERT without this embedding; zeros add nothing.
    weights.set(tokenTypeEmbeddings, {
      shape: [1, shape.hiddenSize],
      data: new Float32Array(shape.hiddenSize),
    });
  }
  const named: Weights = asDistilbert
    ? new Map([...weights].map(([name, weight]) => [distilbertName(name), weight]))
    : weights;
  const bytes = writeSafetensors(named, { dtype: 'F16', metadata: { format: 'pt' } });
  const config = classes ? configOfClassifier(shape, classes) : configOfShape(shape);
  return { config, tokenizer, weights: bytes };
}
