/** Which tensors a model has: Hugging Face's names for BertForMaskedLM, and their shapes. */
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

/** All tensors of a model: the encoder and the MLM head. The head's decoder is tied to the token embeddings. */
export const parameterShapes = (shape: TeacherShape): Record<string, number[]> => ({
  ...encoderShapes(shape),
  ...linear('cls.predictions.transform.dense', shape.hiddenSize, shape.hiddenSize),
  ...layerNorm('cls.predictions.transform.LayerNorm', shape.hiddenSize),
  'cls.predictions.bias': [shape.vocabularySize],
});

/** Numbers that training sets, of the whole model or of the encoder alone (as papers count them). */
export const parameterCount = (shape: TeacherShape, part: 'model' | 'encoder' = 'model'): number =>
  Object.values(part === 'model' ? parameterShapes(shape) : encoderShapes(shape)).reduce(
    (sum, dimensions) => sum + dimensions.reduce((a, b) => a * b, 1),
    0,
  );
