import type { TeacherShape } from '../../src/config/teachers';
import { serialiseTeacher, type TeacherFiles } from '../../src/interop/teacherBundle';
import { parameterShapes } from '../../src/model/parameterNames';

export const sampleShape: TeacherShape = {
  layers: 2,
  hiddenSize: 8,
  heads: 2,
  intermediateSize: 16,
  tokenTypes: true,
  vocabularySize: 7,
  maxPositions: 10,
};

export const sampleTokenizer = {
  version: '1.0',
  added_tokens: [{ id: 0, content: '[PAD]' }],
  model: { type: 'WordPiece', vocab: { '[UNK]': 1, '[CLS]': 2, '[SEP]': 3, '[MASK]': 4, a: 5, b: 6 } },
};

/** Values that float16 holds exactly, another for each tensor. */
export const sampleParameters = (shape = sampleShape): Record<string, Float32Array> =>
  Object.fromEntries(
    Object.entries(parameterShapes(shape)).map(([name, dimensions], index) => [
      name,
      new Float32Array(dimensions.reduce((a, b) => a * b, 1)).map((_, i) => (i % 32) / 32 - index),
    ]),
  );

export const sampleTeacher = (shape = sampleShape): TeacherFiles =>
  serialiseTeacher({ shape, tokenizer: sampleTokenizer, parameters: sampleParameters(shape) });
