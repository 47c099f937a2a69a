/**
 * The encoder of `model/encoder.ts` and its heads as an ONNX file, for onnxruntime and transformers.js: `input_ids` and
 * `attention_mask`, and `token_type_ids` where the model has such, [B, L] -> `logits`, [B, L, V] of words or [B, C] of classes.
 */
import { headOf } from '../../config/heads';
import { ProblemError } from '../../config/problems';
import { parameterShapes, poolerDense, preClassifier } from '../../model/parameterNames';
import type { ModelToSave } from '../hub/modelFiles';
import { elementTypes, Graph } from './graph';

/** BERT's, for every LayerNorm. */
const epsilon = 1e-12;
/** What a score of padding is lowered by: softmax gives it exactly 0. */
const lowest = -3.4028234663852886e38;

const [words, places, segments] = ['word', 'position', 'token_type'].map(
  (part) => `bert.embeddings.${part}_embeddings.weight`,
);

/** @throws ProblemError weightsMissing */
export function onnxModel({ shape, classes, parameters }: ModelToSave): Uint8Array<ArrayBuffer> {
  const { hiddenSize, heads, layers, tokenTypes } = shape;
  const shapes = parameterShapes(shape, headOf(classes));
  const g = new Graph();

  const values = (name: string) => {
    const data = parameters[name];
    if (!data) throw new ProblemError('weightsMissing', { name });
    return data;
  };
  const tensor = (name: string) => g.tensor(name, shapes[name], values(name));
  const add = (a: string, b: string) => g.node('Add', [a, b]);
  const times = (a: string, b: string) => g.node('Mul', [a, b]);
  /** x Wᵀ + b; W is written transposed, as MatMul reads it. */
  const linear = (name: string, x: string) => {
    const [outputs, inputs] = shapes[`${name}.weight`];
    const weight = g.tensor(
      `${name}.weight`,
      [inputs, outputs],
      transposed(values(`${name}.weight`), outputs, inputs),
    );
    return add(g.node('MatMul', [x, weight]), tensor(`${name}.bias`));
  };
  const normalised = (name: string, x: string) =>
    g.node('LayerNormalization', [x, tensor(`${name}.weight`), tensor(`${name}.bias`)], {
      axis: -1,
      epsilon: { float: epsilon },
    });
  /** x / 2 · (1 + erf(x / √2)) */
  const gelu = (x: string) => {
    const erf = g.node('Erf', [times(x, g.scalar(Math.SQRT1_2))]);
    return times(times(x, g.scalar(0.5)), add(erf, g.scalar(1)));
  };
  const reshaped = (x: string, sizes: number[]) => g.node('Reshape', [x, g.integers(sizes)]);
  const permuted = (x: string, perm: number[]) => g.node('Transpose', [x], { perm });

  const length = g.node('Slice', [g.node('Shape', ['input_ids']), g.integers([1]), g.integers([2])]);
  const placed = g.node('Slice', [tensor(places), g.integers([0]), length, g.integers([0])]);
  const wordTable = tensor(words);
  let embedded = add(g.node('Gather', [wordTable, 'input_ids']), placed);
  if (tokenTypes) embedded = add(embedded, g.node('Gather', [tensor(segments), 'token_type_ids']));
  let x = normalised('bert.embeddings.LayerNorm', embedded);

  const isToken = g.node('Cast', ['attention_mask'], { to: elementTypes.float });
  const lowered = times(g.node('Sub', [g.scalar(1), isToken]), g.scalar(lowest));
  const mask = g.node('Unsqueeze', [lowered, g.integers([1, 2])]); // [B, 1, 1, L]
  const headSize = hiddenSize / heads;

  for (let layer = 0; layer < layers; layer++) {
    const at = `bert.encoder.layer.${layer}`;
    const ofHeads = (part: string, perm: number[]) =>
      permuted(reshaped(linear(`${at}.attention.self.${part}`, x), [0, 0, heads, headSize]), perm);
    const query = ofHeads('query', [0, 2, 1, 3]);
    const key = ofHeads('key', [0, 2, 3, 1]);
    const scores = times(g.node('MatMul', [query, key]), g.scalar(1 / Math.sqrt(headSize)));
    const probabilities = g.node('Softmax', [add(scores, mask)], { axis: -1 });
    const context = g.node('MatMul', [probabilities, ofHeads('value', [0, 2, 1, 3])]);
    const joined = reshaped(permuted(context, [0, 2, 1, 3]), [0, 0, hiddenSize]);
    const mixed = normalised(
      `${at}.attention.output.LayerNorm`,
      add(linear(`${at}.attention.output.dense`, joined), x),
    );
    const units = gelu(linear(`${at}.intermediate.dense`, mixed));
    x = normalised(`${at}.output.LayerNorm`, add(linear(`${at}.output.dense`, units), mixed));
  }

  let logits: string;
  if (classes) {
    const first = g.node('Gather', [x, g.integers(0)], { axis: 1 }); // [CLS], [B, d]
    const pooled = tokenTypes
      ? g.node('Tanh', [linear(poolerDense, first)])
      : g.node('Relu', [linear(preClassifier, first)]);
    logits = linear('classifier', pooled);
  } else {
    const dense = gelu(linear('cls.predictions.transform.dense', x));
    const transformed = normalised('cls.predictions.transform.LayerNorm', dense);
    // The decoder is the word table itself, which the file holds once.
    const products = g.node('MatMul', [transformed, permuted(wordTable, [1, 0])]);
    logits = add(products, tensor('cls.predictions.bias'));
  }
  const batch = ['batch_size', 'sequence_length'];
  return g.file(
    {
      input_ids: batch,
      attention_mask: batch,
      ...(tokenTypes && { token_type_ids: batch }),
    },
    {
      of: logits,
      as: 'logits',
      dimensions: classes ? ['batch_size', classes.length] : [...batch, shape.vocabularySize],
    },
  );
}

/** [rows, columns] -> [columns, rows] */
function transposed(data: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(data.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      turned[column * rows + row] = data[row * columns + column];
  return turned;
}
