/** A teacher in Hugging Face's three files: config.json, tokenizer.json and model.safetensors. */

import { ProblemError } from '../config/problems';
import type { TeacherShape } from '../config/teachers';
import { z } from '../config/zod';
import type { Weights } from '../model/initialise';
import { parameterShapes } from '../model/parameterNames';
import { configOfShape, shapeOfConfig } from './bertConfig';
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
const id = z.number().int().min(0);
const tokenizerSchema = z.looseObject({
  added_tokens: z.array(z.looseObject({ id })).default([]),
  model: z.looseObject({ vocab: z.record(z.string(), id) }),
});

/**
 * A teacher whose parts were checked against each other. Tensors that its model does not use (a pooler, an untied
 * decoder, position ids) are left out.
 * @throws ProblemError weights… or configUnsupported
 */
export function parseTeacher({ config, tokenizer, weights: bytes }: TeacherFiles): TeacherBundle {
  const shape = shapeOfConfig(config);
  const all = readSafetensors(bytes);
  const vocabulary = vocabularySize(tokenizer);
  const rows = all.get(tokenEmbeddings)?.shape[0];
  if (rows !== undefined && rows !== vocabulary) {
    throw new ProblemError('weightsOtherVocabulary', { vocabulary, rows });
  }
  const weights: Weights = new Map();
  for (const [name, expected] of Object.entries(parameterShapes(shape))) {
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
  return { shape, tokenizer, weights };
}

/** Ids from 0 to the largest, in the model's vocabulary or among the added tokens. */
function vocabularySize(json: unknown): number {
  const parsed = tokenizerSchema.safeParse(json);
  if (!parsed.success) {
    const reason = z.prettifyError(parsed.error);
    throw new ProblemError('weightsMalformed', { file: 'tokenizer.json', reason });
  }
  const { model, added_tokens } = parsed.data;
  const ids = [...Object.values(model.vocab), ...added_tokens.map((token) => token.id)];
  return ids.reduce((largest, id) => Math.max(largest, id), -1) + 1;
}

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
  const bytes = writeSafetensors(weights, { dtype: 'F16', metadata: { format: 'pt' } });
  return { config: configOfShape(shape), tokenizer, weights: bytes };
}
