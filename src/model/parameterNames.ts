/**
 * Which tensors a model has: Hugging Face's names for BertForMaskedLM and BertForSequenceClassification, and their shapes. A
 * model without token types has the head of DistilBertForSequenceClassification on an encoder that is named as BERT's.
 */
import { type Head, mlm } from '../config/heads';
import type { PartSizes } from '../config/scores';
import type { TeacherShape } from '../config/teachers';

/** Rows of the token-type embeddings: BERT tells a first text from a second. */
const tokenTypeRows = 2;

const linear = (name: string, outputs: number, inputs: number): Record<string, number[]> => ({
  [`${name}.weight`]: [outputs, inputs],
  [`${name}.bias`]: [outputs],
});

const layerNorm = (name: string, size: number): Record<string, number[]> => ({
  [`${name}.weight`]: [size],
  [`${name}.bias`]: [size],
});

/** Embeddings and layers, without a head and without BERT's pooler (which a masked language model does not have). */
export function encoderShapes(shape: TeacherShape): Record<string, number[]> {
  const { layers, hiddenSize: d, intermediateSize, vocabularySize, maxPositions, tokenTypes } = shape;
  const shapes: Record<string, number[]> = {
    'bert.embeddings.word_embeddings.weight': [vocabularySize, d],
    'bert.embeddings.position_embeddings.weight': [maxPositions, d],
    ...(tokenTypes ? { 'bert.embeddings.token_type_embeddings.weight': [tokenTypeRows, d] } : {}),
    ...layerNorm('bert.embeddings.LayerNorm', d),
  };
  for (let layer = 0; layer < layers; layer++) {
    const at = `bert.encoder.layer.${layer}`;
    Object.assign(
      shapes,
      linear(`${at}.attention.self.query`, d, d),
      linear(`${at}.attention.self.key`, d, d),
      linear(`${at}.attention.self.value`, d, d),
      linear(`${at}.attention.output.dense`, d, d),
      layerNorm(`${at}.attention.output.LayerNorm`, d),
      linear(`${at}.intermediate.dense`, intermediateSize, d),
      linear(`${at}.output.dense`, d, intermediateSize),
      layerNorm(`${at}.output.LayerNorm`, d),
    );
  }
  return shapes;
}

/** What a classifier reads: BERT's pooler, or in a model without token types DistilBERT's layer. */
export const poolerDense = 'bert.pooler.dense';
export const preClassifier = 'pre_classifier';

/** The head's own tensors. That for words has a decoder besides, which is tied to the token embeddings. */
export function headShapes(
  { hiddenSize: d, vocabularySize, tokenTypes }: TeacherShape,
  head: Head,
): Record<string, number[]> {
  if (head.kind === 'classify') {
    return {
      ...linear(tokenTypes ? poolerDense : preClassifier, d, d),
      ...linear('classifier', head.classes, d),
    };
  }
  return {
    ...linear('cls.predictions.transform.dense', d, d),
    ...layerNorm('cls.predictions.transform.LayerNorm', d),
    'cls.predictions.bias': [vocabularySize],
  };
}

/** True for tensors of a head, of whatever kind, which no hidden state depends on. */
export const isOfHead = (name: string): boolean =>
  ['cls.', `${poolerDense}.`, `${preClassifier}.`, 'classifier.'].some((start) => name.startsWith(start));

/** All tensors of a model: the encoder and the head. */
export const parameterShapes = (shape: TeacherShape, head: Head = mlm): Record<string, number[]> => ({
  ...encoderShapes(shape),
  ...headShapes(shape, head),
});

/** Numbers that training sets, of the whole model or of the encoder alone (as papers count them). */
export const parameterCount = (
  shape: TeacherShape,
  part: 'model' | 'encoder' = 'model',
  head: Head = mlm,
): number =>
  Object.values(part === 'model' ? parameterShapes(shape, head) : encoderShapes(shape)).reduce(
    (sum, dimensions) => sum + sizeOf(dimensions),
    0,
  );

const sizeOf = (dimensions: readonly number[]) => dimensions.reduce((a, b) => a * b, 1);

/** Where the numbers of a model sit: every tensor is counted in one part. */
export function partSizes(shape: TeacherShape, head: Head = mlm): PartSizes {
  const parts: PartSizes = {
    words: 0,
    places: 0,
    layers: Array.from({ length: shape.layers }, () => ({ attention: 0, feedForward: 0 })),
    head: 0,
  };
  for (const [name, dimensions] of Object.entries(parameterShapes(shape, head))) {
    const size = sizeOf(dimensions);
    const [, layer, rest] = /^bert\.encoder\.layer\.(\d+)\.(.*)$/.exec(name) ?? [];
    if (layer)
      parts.layers[Number(layer)][rest.startsWith('attention.') ? 'attention' : 'feedForward'] += size;
    else if (isOfHead(name)) parts.head += size;
    else parts[name === 'bert.embeddings.word_embeddings.weight' ? 'words' : 'places'] += size;
  }
  return parts;
}
