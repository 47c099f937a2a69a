/** A teacher in Hugging Face's three files: config.json, tokenizer.json and model.safetensors. */
import { teacherBounds } from '../config/bounds';
import { ProblemError } from '../config/problems';
import type { TeacherShape } from '../config/teachers';
import type { Weights } from '../model/initialise';
import { parameterShapes } from '../model/parameterNames';
import { configOfShape, shapeOfConfig, tokenTypeRowsOf } from './bertConfig';
import { readSafetensors, writeSafetensors } from './safetensors';

export interface TeacherBundle {
  shape: TeacherShape;
  /** tokenizer.json, parsed. */
  tokenizer: unknown;
  /** The tensors of `parameterShapes(shape)`, and no others. */
  weights: Weights;
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
 * decoder, position ids) are left out.
 * @throws ProblemError weights… or configUnsupported
 */
export function parseTeacher({ config, tokenizer, weights: bytes }: TeacherFiles): TeacherBundle {
  const described = shapeOfConfig(config);
  const vocabulary = vocabularySize(tokenizer);
  const shapes = parameterShapes(described);
  // One row is what a student without token types has in its file, all zeros; another model's only row adds up.
  const rows = tokenTypeRowsOf(config);
  if (rows === 1) shapes[tokenTypeEmbeddings] = [1, described.hiddenSize];
  const all = readSafetensors(bytes, new Set(Object.keys(shapes)));
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
  return { shape: { ...described, tokenTypes }, tokenizer, weights };
}

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
 * @param parameters flat values by name, those of `parameterShapes(shape)`
 * @throws ProblemError weightsMissing, weightsNotFinite or weightsOverflow
 */
export function serialiseTeacher({
  shape,
  tokenizer,
  parameters,
}: {
  shape: TeacherShape;
  tokenizer: unknown;
  parameters: Record<string, Float32Array>;
}): TeacherFiles {
  const weights: Weights = new Map(
    Object.entries(parameterShapes(shape)).map(([name, dimensions]) => {
      if (!parameters[name]) throw new ProblemError('weightsMissing', { name });
      return [name, { shape: dimensions, data: parameters[name] }];
    }),
  );
  if (!shape.tokenTypes) {
    // `transformers` runs no BERT without this embedding; zeros add nothing.
    weights.set(tokenTypeEmbeddings, {
      shape: [1, shape.hiddenSize],
      data: new Float32Array(shape.hiddenSize),
    });
  }
  const bytes = writeSafetensors(weights, { dtype: 'F16', metadata: { format: 'pt' } });
  return { config: configOfShape(shape), tokenizer, weights: bytes };
}
