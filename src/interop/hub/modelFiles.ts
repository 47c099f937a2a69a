/**
 * A model as the files of a folder that `transformers` loads by its path: BertForMaskedLM, DistilBertForMaskedLM and both
 * ...ForSequenceClassification. What a reader expects under which name is held by test/golden/hub.json, made by
 * `transformers` itself.
 */
import { headOf } from '../../config/heads';
import { ProblemError } from '../../config/problems';
import type { TeacherShape } from '../../config/teachers';
import type { Weights } from '../../model/initialise';
import { parameterCount, parameterShapes } from '../../model/parameterNames';
import { configOfClassifier, configOfShape, distilbertConfig } from '../bertConfig';
import { distilbertName } from '../distilbertNames';
import { writeSafetensors } from '../safetensors';
import { pretty, tokenizerFiles, vocabularyOf } from './tokenizerFiles';

export interface ModelToSave {
  shape: TeacherShape;
  /**
   * Flat values by our names, those of `parameterShapes(shape, headOf(classes))` among them. What a method trained beside
   * the model stays behind.
   */
  parameters: Readonly<Record<string, Float32Array>>;
  /** Names of the classes in the order of the logits; none where the model fills in words. */
  classes?: readonly string[] | null;
  /** `tokenizer.json`, parsed. */
  tokenizer: unknown;
}

/** Contents by path within the folder. */
export type FolderFiles = Map<string, Uint8Array<ArrayBuffer>>;

/**
 * Weights in float32, bit for bit. The decoder of the MLM head is tied to the token embeddings and left out, as readers expect.
 * @throws ProblemError weightsMissing, weightsNotFinite
 */
export function modelFiles(model: ModelToSave): FolderFiles {
  const { shape, tokenizer } = model;
  const texts = {
    'config.json': pretty(configOf(model)),
    ...tokenizerFiles(tokenizer, shape),
  };
  const weights = writeSafetensors(namedWeights(model), { dtype: 'F32', metadata: { format: 'pt' } });
  return new Map([...textFiles(texts), ['model.safetensors', new Uint8Array(weights)]]);
}

/** Numbers that such a model has, the tied decoder counted once. */
export const numbersIn = (shape: TeacherShape, classes: readonly string[] | null): number =>
  parameterCount(shape, 'model', headOf(classes));

/** Texts as files, in UTF-8. */
export const textFiles = (texts: Record<string, string>): FolderFiles =>
  new Map(Object.entries(texts).map(([path, text]) => [path, new TextEncoder().encode(text)]));

function configOf({ shape, classes, tokenizer }: ModelToSave): object {
  const words = shape.tokenTypes ? configOfShape(shape) : distilbertConfig(shape);
  return {
    ...(classes ? configOfClassifier(shape, classes) : words),
    pad_token_id: vocabularyOf(tokenizer).indexOf('[PAD]'),
    dtype: 'float32',
    // transformers.js would look for an int8 file.
    'transformers.js_config': { dtype: 'fp32' },
  };
}

/** The tensors by their names in `transformers`, with their shapes. */
export function namedWeights({ shape, classes, parameters }: ModelToSave): Weights {
  const shapes = parameterShapes(shape, headOf(classes));
  return new Map(
    Object.entries(shapes).map(([name, dimensions]) => {
      const data = parameters[name];
      if (!data) throw new ProblemError('weightsMissing', { name });
      return [shape.tokenTypes ? name : distilbertName(name), { shape: dimensions, data }];
    }),
  );
}
