import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Head } from '../../src/config/heads';
import { bundledTeachers } from '../../src/config/teachers';
import {
  headShapes,
  isOfHead,
  parameterCount,
  parameterShapes,
  partSizes,
} from '../../src/model/parameterNames';

const bertBase = {
  layers: 12,
  hiddenSize: 768,
  heads: 12,
  intermediateSize: 3072,
  tokenTypes: true,
  vocabularySize: 30_522,
  maxPositions: 512,
};
const distilBert = { ...bertBase, layers: 6, tokenTypes: false };
const pooler = 768 * 768 + 768;

describe('parameter counts', () => {
  it('golden 13: are those of the published models', () => {
    // "BERT-base" counts the encoder with its pooler and without the MLM head; DistilBERT has neither.
    expect(parameterCount(bertBase, 'encoder') + pooler).toBe(109_482_240);
    expect(parameterCount(distilBert, 'encoder')).toBe(66_362_880);
    const tinyBert4 = { ...bertBase, layers: 4, hiddenSize: 312, intermediateSize: 1200 };
    expect(parameterCount(tinyBert4, 'encoder') + 312 * 312 + 312).toBe(14_350_248);
    expect(parameterCount({ ...distilBert, tokenTypes: true }, 'encoder') + pooler - 66_362_880).toBe(
      592_128,
    );
  });

  it('add the MLM head, whose decoder is the token embeddings', () => {
    const head = 768 * 768 + 768 + 2 * 768 + 30_522;
    expect(parameterCount(distilBert)).toBe(66_362_880 + head);
  });
});

describe('parameter names', () => {
  it('follow BertForMaskedLM, with [out, in] matrices', () => {
    const shapes = parameterShapes(bundledTeachers['stories-4x128']);
    expect(Object.keys(shapes)).toHaveLength(5 + 4 * 16 + 5);
    expect(shapes['bert.embeddings.word_embeddings.weight']).toEqual([2048, 128]);
    expect(shapes['bert.encoder.layer.3.intermediate.dense.weight']).toEqual([512, 128]);
    expect(shapes['bert.encoder.layer.3.output.dense.weight']).toEqual([128, 512]);
    expect(shapes['cls.predictions.bias']).toEqual([2048]);
  });

  it('leave out token types where a student has none', () => {
    const shapes = parameterShapes({ ...bundledTeachers['stories-4x32'], tokenTypes: false });
    expect(shapes).not.toHaveProperty(['bert.embeddings.token_type_embeddings.weight']);
  });
});

describe('heads that classify', () => {
  const head = { kind: 'classify', classes: 4 } as const;

  it("are BERT's with token types, and DistilBERT's without", () => {
    expect(headShapes(bertBase, head)).toEqual({
      'bert.pooler.dense.weight': [768, 768],
      'bert.pooler.dense.bias': [768],
      'classifier.weight': [4, 768],
      'classifier.bias': [4],
    });
    expect(Object.keys(headShapes(distilBert, head))).toEqual([
      'pre_classifier.weight',
      'pre_classifier.bias',
      'classifier.weight',
      'classifier.bias',
    ]);
    // As Hugging Face counts them for two classes.
    expect(parameterCount(bertBase, 'model', { kind: 'classify', classes: 2 })).toBe(109_483_778);
    expect(parameterCount(distilBert, 'model', { kind: 'classify', classes: 2 })).toBe(66_955_010);
  });

  it('are told from the encoder by name', () => {
    for (const shape of [bertBase, distilBert]) {
      for (const kind of [head, { kind: 'mlm' } as const]) {
        const own = Object.keys(headShapes(shape, kind));
        expect(Object.keys(parameterShapes(shape, kind)).filter(isOfHead)).toEqual(own);
      }
    }
  });
});

describe('parts', () => {
  it('of the published models', () => {
    const { words, places, layers, head } = partSizes(bertBase);
    expect(words).toBe(30_522 * 768);
    expect(places).toBe((512 + 2) * 768 + 2 * 768);
    expect(layers).toHaveLength(12);
    expect(layers[11]).toEqual({
      attention: 4 * (768 * 768 + 768) + 2 * 768,
      feedForward: 2 * 768 * 3072 + 3072 + 768 + 2 * 768,
    });
    expect(head).toBe(768 * 768 + 768 + 2 * 768 + 30_522);
  });

  it('add up to all parameters, whatever the shape and the head', () => {
    fc.assert(
      fc.property(
        fc.record({
          layers: fc.integer({ min: 1, max: 12 }),
          heads: fc.constant(1),
          hiddenSize: fc.integer({ min: 1, max: 64 }),
          intermediateSize: fc.integer({ min: 1, max: 128 }),
          tokenTypes: fc.boolean(),
          vocabularySize: fc.integer({ min: 1, max: 3000 }),
          maxPositions: fc.integer({ min: 1, max: 128 }),
        }),
        fc.constantFrom<Head>({ kind: 'mlm' }, { kind: 'classify', classes: 3 }),
        (shape, head) => {
          const { words, places, layers, head: ofHead } = partSizes(shape, head);
          const inLayers = layers.reduce(
            (sum, { attention, feedForward }) => sum + attention + feedForward,
            0,
          );
          expect(words + places + inLayers + ofHead).toBe(parameterCount(shape, 'model', head));
        },
      ),
    );
  });
});
