import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import type { Dropout } from '../../src/kernels/dropout/dropout';
import { gatherRows, rowIndex } from '../../src/kernels/gatherRows/gatherRows';
import { vocabularyLosses } from '../../src/kernels/vocabularyLoss/vocabularyLoss';
import { type EncoderInput, encode, type Parameters } from '../../src/model/encoder';
import { headLogits } from '../../src/model/head';
import { packed, partsOf } from '../../src/model/packing';
import { parameterShapes } from '../../src/model/parameterNames';
import { byOurName, type Case, golden, head, shapeOf, weightsOf } from '../golden/heads';
import { describeOn } from '../support/backends';
import { closeTo, tensorCloseTo } from '../support/closeTo';

const { classes, ids, segments, labels } = golden;
const [B, L] = [ids.length, ids[0].length];
const parametersOf = (name: Case): Parameters =>
  Object.fromEntries(
    [...packed(weightsOf(name))].map(([name, { shape, data }]) => [name, tf.tensor(data, shape)]),
  );

/** Pairs with segment ids; a model without token types has no use for these. */
const input = (): EncoderInput => ({
  batchSize: B,
  sequenceLength: L,
  tokens: rowIndex(Int32Array.from(ids.flat()), golden.shape.vocabularySize),
  segments: rowIndex(Int32Array.from(segments.flat()), 2),
  attentionMask: tf.tensor2d(
    ids.flat().map((id) => (id === 0 ? 0 : 1)),
    [B, L],
  ),
});

/** The places of [CLS], kept for the gradient. */
function atClassifiers() {
  const { ids, order, offsets } = rowIndex(
    Int32Array.from({ length: B }, (_, b) => b * L),
    B * L,
  );
  return { ids: tf.keep(ids), order: tf.keep(order), offsets: tf.keep(offsets) };
}

function logitsOf(p: Parameters, name: Case, given: EncoderInput, dropout: Dropout | null): tf.Tensor2D {
  const shape = shapeOf(name);
  const { hiddenStates } = encode(p, shape, given, { dropout });
  const rows = gatherRows(hiddenStates[shape.layers], atClassifiers());
  return headLogits(head, p, rows, shape.layers, dropout);
}

const dropoutOf = (name: Case): Dropout | null =>
  name === 'bertDropping'
    ? { rate: golden.dropout.rate, seed: tf.tensor1d([golden.dropout.seed], 'int32') }
    : null;

export function describeHeads(backend: BackendName) {
  describeOn(backend, 'a head that classifies', () => {
    it.each(['bert', 'distilbert', 'bertDropping'] as const)(
      "has PyTorch's logits, loss and gradient of every parameter, %s",
      async (name) => {
        const expected = golden.cases[name];
        const parameters = parametersOf(name);
        const names = Object.keys(parameters);
        const [given, dropout] = [input(), dropoutOf(name)];
        const gold = tf.tensor1d(labels, 'int32');
        const weights = tf.fill([2, B], 1 / B) as tf.Tensor2D;
        await tensorCloseTo(logitsOf(parameters, name, given, dropout), expected.logits);
        const { value, grads } = tf.valueAndGrads((...tensors) => {
          const own = Object.fromEntries(names.map((name, i) => [name, tensors[i]]));
          const logits = logitsOf(own, name, given, dropout);
          return vocabularyLosses(logits, { labels: gold, weights }).sum();
        })(Object.values(parameters));
        closeTo(await value.data(), [expected.loss]);
        const wanted = byOurName<number[]>(expected.gradients);
        const largest = Math.max(...Object.values(wanted).flat().map(Math.abs));
        const seen: string[] = [];
        for (const [i, gradient] of grads.entries()) {
          for (const [part, values] of partsOf(names[i], (await gradient.data()) as Float32Array)) {
            const error = Math.max(...values.map((v, j) => Math.abs(v - wanted[part][j])));
            expect(error, part).toBeLessThan(1e-4 * largest);
            seen.push(part);
          }
        }
        expect(seen.sort()).toEqual(Object.keys(wanted).sort());
        expect(seen).toEqual(Object.keys(parameterShapes(shapeOf(name), head)).sort());
      },
    );

    it('reads the segments of pairs, where a model has token types', async () => {
      const { segments: _, ...single } = input();
      const of = async (name: Case, given: EncoderInput) => [
        ...(await logitsOf(parametersOf(name), name, given, null).data()),
      ];
      expect(await of('bert', single)).not.toEqual(await of('bert', input()));
      expect(await of('distilbert', single)).toEqual(await of('distilbert', input()));
      // The third sequence is a single text.
      const [paired, alone] = [await of('bert', input()), await of('bert', single)];
      closeTo(paired.slice(2 * classes, 3 * classes), alone.slice(2 * classes, 3 * classes), 1e-6);
    });

    it('without dropout runs not one operation more', async () => {
      const kernelsOf = async (dropout: Dropout | null) => {
        const parameters = parametersOf('bert');
        const given = input();
        const { kernelNames } = await tf.profile(() => logitsOf(parameters, 'bert', given, dropout));
        return kernelNames;
      };
      expect(await kernelsOf(null)).not.toContain('StillroomDropout');
      expect(await kernelsOf(dropoutOf('bertDropping'))).toContain('StillroomDropout');
    });
  });
}
