import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { rowIndex } from '../../src/kernels/gatherRows/gatherRows';
import {
  type EncodeOptions,
  type EncoderInput,
  encode,
  layer,
  linear,
  type Parameters,
} from '../../src/model/encoder';
import type { Weights } from '../../src/model/initialise';
import { mlmLogits } from '../../src/model/mlmHead';
import { packed } from '../../src/model/packing';
import golden from '../golden/encoder.json';
import { describeOn } from '../support/backends';
import { closeTo, tensorCloseTo } from '../support/closeTo';

const { config } = golden;
const V = config.vocab_size;
const d = config.hidden_size;
const architecture = {
  layers: config.num_hidden_layers,
  hiddenSize: d,
  heads: config.num_attention_heads,
  intermediateSize: config.intermediate_size,
  tokenTypes: true,
};

const wordEmbeddings = 'bert.embeddings.word_embeddings.weight';
const typeEmbeddings = 'bert.embeddings.token_type_embeddings.weight';
const goldenWeights: Weights = new Map(
  Object.entries(golden.weights).map(([name, { shape, values }]) => [
    name,
    { shape, data: Float32Array.from(values) },
  ]),
);
const parametersOfGolden = (): Parameters =>
  Object.fromEntries(
    [...packed(goldenWeights)].map(([name, { shape, data }]) => [name, tf.tensor(data, shape)]),
  );

function inputOf(ids: number[][], attentionMask: number[][]): EncoderInput {
  const [B, L] = [ids.length, ids[0].length];
  return {
    batchSize: B,
    sequenceLength: L,
    tokens: rowIndex(Int32Array.from(ids.flat()), V),
    attentionMask: tf.tensor2d(attentionMask.flat(), [B, L]),
  };
}
const goldenInput = () => inputOf(golden.ids, golden.attentionMask);

export function describeEncoder(backend: BackendName) {
  describeOn(backend, 'encoder', () => {
    it("agrees with PyTorch's BertForMaskedLM: hidden states, scores, probabilities, logits", async () => {
      const parameters = parametersOfGolden();
      const output = encode(parameters, architecture, goldenInput(), {
        keepScores: true,
        keepProbabilities: true,
      });
      const [B, L] = golden.embeddings.shape;
      const expected = [golden.embeddings, ...golden.hiddenStates];
      expect(output.hiddenStates).toHaveLength(expected.length);
      for (const [i, { values }] of expected.entries()) {
        await tensorCloseTo(output.hiddenStates[i], { shape: [B * L, d], values });
      }
      expect(output.attentionScores).toHaveLength(architecture.layers);
      expect(output.attentionProbabilities).toHaveLength(architecture.layers);
      for (let i = 0; i < architecture.layers; i++) {
        await tensorCloseTo(output.attentionScores[i], golden.attentionScores[i]);
        await tensorCloseTo(output.attentionProbabilities[i], golden.attentionProbabilities[i]);
      }
      const logits = mlmLogits(parameters, output.hiddenStates[architecture.layers]);
      await tensorCloseTo(logits, { shape: [B * L, V], values: golden.logits.values });
    });

    it('keeps queries, keys and values of the layers asked for, and lets gradients through', async () => {
      const parameters = parametersOfGolden();
      const last = architecture.layers - 1;
      const { qkv, hiddenStates } = encode(parameters, architecture, goldenInput(), {
        keepQkv: (index) => index === last,
      });
      expect(qkv.map((tensor) => tensor === null)).toEqual([true, false]);
      const name = `bert.encoder.layer.${last}.attention.self.qkv`;
      const expected = linear(parameters, name, hiddenStates[last]);
      closeTo(await qkv[last]!.data(), await expected.data(), 1e-6);
      expect(encode(parameters, architecture, goldenInput()).qkv).toEqual([null, null]);

      const { [`${name}.bias`]: bias, ...others } = parameters;
      const gradient = tf.grad((b: tf.Tensor) =>
        encode({ ...others, [`${name}.bias`]: b }, architecture, goldenInput(), { keepQkv: () => true })
          .qkv[last]!.square()
          .sum(),
      )(bias);
      closeTo(await gradient.data(), await qkv[last]!.mul(2).sum(0).data(), 1e-5);
    });

    it("runs another model's layer in place of its own, with the bits of a model of both", async () => {
      const [own, other] = [parametersOfGolden(), parametersOfGolden()];
      for (const name of Object.keys(other)) other[name] = other[name].mul(0.5);
      const ofLayer = (p: Parameters, index: number) =>
        Object.fromEntries(Object.entries(p).filter(([name]) => name.includes(`.layer.${index}.`)));
      const input = goldenInput();
      const states = async (p: Parameters, options: EncodeOptions) =>
        Promise.all(encode(p, architecture, input, options).hiddenStates.map((state) => state.data()));

      const asked: number[] = [];
      const replaced = await states(own, {
        block: (index, own, x) => {
          asked.push(index);
          return index === 1 ? layer(other, 1, x, input.attentionMask, architecture).hidden : own();
        },
      });
      expect(asked).toEqual([0, 1]);
      expect(replaced).toEqual(await states({ ...own, ...ofLayer(other, 1) }, {}));
      expect(replaced).not.toEqual(await states(own, {}));

      const skipped = encode(own, architecture, input, {
        keepScores: true,
        keepQkv: () => true,
        block: (_, __, x) => x,
      });
      expect(skipped.attentionScores).toEqual([]);
      expect(skipped.qkv).toEqual([null, null]);
      expect(skipped.hiddenStates[2]).toBe(skipped.hiddenStates[0]);
    });

    it('gives the other tokens the same states however much padding follows, and whatever it holds', async () => {
      const parameters = parametersOfGolden();
      const last = async (ids: number[], mask: number[]) => {
        const { hiddenStates } = encode(parameters, architecture, inputOf([ids], [mask]));
        return hiddenStates[architecture.layers].slice([0, 0], [3, d]).data();
      };
      const alone = await last([2, 9, 3], [1, 1, 1]);
      closeTo(await last([2, 9, 3, 0, 0, 0], [1, 1, 1, 0, 0, 0]), alone, 1e-6);
      closeTo(await last([2, 9, 3, 7, 5], [1, 1, 1, 0, 0]), alone, 1e-6);
      // Tokens in the place of the padding do change them.
      const longer = await last([2, 9, 3, 7, 5], [1, 1, 1, 1, 1]);
      expect(Math.max(...longer.map((v, i) => Math.abs(v - alone[i])))).toBeGreaterThan(0.01);
    });

    it('runs without token types as with ones of 0', async () => {
      const { [typeEmbeddings]: types, ...without } = parametersOfGolden();
      const withZeros = { ...without, [typeEmbeddings]: tf.zerosLike(types) };
      const states = (p: Parameters) => encode(p, architecture, goldenInput()).hiddenStates[2].data();
      closeTo(await states(without), await states(withZeros), 1e-6);
      expect(await states(without)).not.toEqual(await states(parametersOfGolden()));
    });

    it('ties the decoder to the token embeddings, whose gradient sums both uses', async () => {
      const { [wordEmbeddings]: table, ...others } = parametersOfGolden();
      const input = goldenInput();
      const loss = (decoderTable: tf.Tensor, embeddingTable: tf.Tensor) => {
        const embedding = { ...others, [wordEmbeddings]: embeddingTable };
        const { hiddenStates } = encode(embedding, architecture, input);
        const logits = mlmLogits({ ...others, [wordEmbeddings]: decoderTable }, hiddenStates[2]);
        return logits.square().mean().asScalar();
      };
      const [asDecoder, asEmbedding] = tf.grads(loss)([table, table.clone()]);
      const tied = tf.grad((x) => loss(x, x))(table);
      closeTo(await tied.data(), await asDecoder.add(asEmbedding).data(), 1e-5);
    });
  });
}
