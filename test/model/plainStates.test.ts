import { Matrix } from 'ml-matrix';
import { expect, it } from 'vitest';
import type { TeacherShape } from '../../src/config/teachers';
import type { Weights } from '../../src/model/initialise';
import { hiddenStates, matricesOf, positionsOf, timesTransposed } from '../../src/model/plainStates';
import golden from '../golden/encoder.json';
import { closeTo } from '../support/closeTo';
import { normals } from '../support/numbers';

const { config } = golden;
const shape: TeacherShape = {
  layers: config.num_hidden_layers,
  hiddenSize: config.hidden_size,
  heads: config.num_attention_heads,
  intermediateSize: config.intermediate_size,
  tokenTypes: true,
  vocabularySize: config.vocab_size,
  maxPositions: config.max_position_embeddings,
};
const weights: Weights = new Map(
  Object.entries(golden.weights).map(([name, { shape, values }]) => [
    name,
    { shape, data: Float32Array.from(values) },
  ]),
);

it("hidden states are those of PyTorch's BertForMaskedLM", () => {
  const w = matricesOf(weights);
  const length = golden.ids[0].length;
  expect(golden.ids.length).toBeGreaterThan(0);
  golden.ids.forEach((ids, b) => {
    // Padding follows the tokens, which take no notice of it.
    const held = golden.attentionMask[b].filter((kept) => kept === 1).length;
    const states = hiddenStates(w, shape, [ids.slice(0, held)]);
    expect(states).toHaveLength(shape.layers + 1);
    [golden.embeddings, ...golden.hiddenStates].forEach(({ values }, level) => {
      const from = b * length * shape.hiddenSize;
      const expected = values.slice(from, from + held * shape.hiddenSize);
      closeTo(states[level].to1DArray(), expected, 1e-5, `level ${level} of sequence ${b}`);
    });
  });
});

it('a first segment adds its row to the positions, and nothing where there are no token types', () => {
  const w = matricesOf(weights);
  const plain = positionsOf(w, { ...shape, tokenTypes: false });
  const types = golden.weights['bert.embeddings.token_type_embeddings.weight'].values;
  const added = positionsOf(w, shape).sub(plain);
  for (let at = 0; at < shape.maxPositions; at++) {
    closeTo(added.getRow(at), types.slice(0, shape.hiddenSize), 1e-6);
  }
});

it('sequences one below the other take no notice of each other', () => {
  const w = matricesOf(weights);
  const [a, b] = [golden.ids[0].slice(0, 3), golden.ids[0].slice(1, 4)];
  const alone = [a, b].map((ids) => hiddenStates(w, shape, [ids]));
  hiddenStates(w, shape, [a, b]).forEach((level, at) => {
    const expected = alone.flatMap((states) => states[at].to1DArray());
    closeTo(level.to1DArray(), expected, 1e-12, `level ${at}`);
  });
});

it('names the tensor that is missing', () => {
  expect(() => matricesOf(new Map())('cls.predictions.bias')).toThrow('cls.predictions.bias');
});

it.each([1, 3, 4, 6])('timesTransposed is the product with %i rows', (rows) => {
  const a = Matrix.from1DArray(5, 7, normals(35, 'a'));
  const b = Matrix.from1DArray(rows, 7, normals(7 * rows, 'b'));
  expect(timesTransposed(a, b).sub(a.mmul(b.transpose())).norm()).toBeLessThan(1e-12);
});
