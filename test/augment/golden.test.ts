/** TinyBERT's augmentation on a fixed case, against PyTorch and an exact account (`tools/golden/augmentation.py`). */
import { beforeAll, describe, expect, it } from 'vitest';
import { type Choices, candidatesOf } from '../../src/augment/candidates';
import type { MaskedQuery } from '../../src/augment/masked';
import { variantsOf } from '../../src/augment/variants';
import { wordVectors } from '../../src/augment/wordVectors';
import { tinybertAugmentation } from '../../src/config/augmentation';
import { randomStream } from '../../src/data/random';
import { createTokenizer } from '../../src/data/tokenizer';
import { guessMasked } from '../../src/train/guessMasked';
import { disposeModel, frozenModel, type Model } from '../../src/train/model';
import golden from '../golden/augmentation.json' with { type: 'json' };
import { describeOn, testBackends } from '../support/backends';
import { bundledTeacher } from '../support/bundledTeacher';
import { closeTo } from '../support/closeTo';

const teacher = bundledTeacher('stories-4x32');
const tokenizer = createTokenizer(teacher.tokenizer);
const { words, dimension, values } = golden.vectors;
const settings = { ...tinybertAugmentation, candidates: golden.candidates, probability: golden.probability };

async function choicesOf(model: Model, asked: MaskedQuery[] = []): Promise<Choices> {
  const tools = {
    tokenizer,
    predict: (queries: readonly MaskedQuery[], count: number) => {
      asked.push(...queries);
      return guessMasked(model, queries, count);
    },
    vectors: wordVectors(words, dimension, values),
    longest: teacher.shape.maxPositions,
  };
  const [choices] = await candidatesOf([golden.text], tools, settings);
  return choices;
}

for (const backend of testBackends) {
  describeOn(backend, "augmentation's candidates", () => {
    it('golden 20: are the words that PyTorch finds at the masked places, with its probabilities', async () => {
      const model = frozenModel(teacher.shape, teacher.weights);
      const asked: MaskedQuery[] = [];
      const { places } = await choicesOf(model, asked);
      expect(places.map(({ word, pieces, source }) => ({ word, pieces, source }))).toEqual(
        golden.places.map(({ word, pieces, source }) => ({ word, pieces, source })),
      );
      // All words of one piece are asked in one pass, among others of their length.
      expect(asked.map(({ ids }) => ids)).toEqual(
        golden.places.flatMap(({ query }) => (query ? [query] : [])),
      );
      const guesses = await guessMasked(model, asked, golden.candidates);
      const expected = golden.places.flatMap((place) => place.guesses ?? []);
      guesses.forEach(({ ids, probabilities }, i) => {
        expect(ids).toEqual(expected[i].ids);
        closeTo(probabilities, expected[i].probabilities, 1e-4);
      });
      golden.places.forEach(({ candidates }, i) => {
        expect(places[i].candidates.map(({ word }) => word)).toEqual(candidates.map(({ word }) => word));
        closeTo(
          places[i].candidates.map(({ score }) => score),
          candidates.map(({ score }) => score),
          1e-4,
        );
      });
      disposeModel(model);
    });
  });
}

describeOn('cpu', 'a golden case of augmentation', () => {
  const tries = 40_000;
  let choices: Choices;
  /** How often each place took each word, and how often a try changed nothing. */
  const taken = golden.places.map(() => new Map<string, number>());
  let unchanged = 0;
  let changes = 0;

  beforeAll(async () => {
    const model = frozenModel(teacher.shape, teacher.weights);
    choices = await choicesOf(model);
    disposeModel(model);
    for (let seed = 0; seed < tries; seed++) {
      const { variants } = variantsOf(choices, { ...settings, tries: 1 }, randomStream(seed, 0, 'golden'));
      if (variants.length === 0) unchanged += 1;
      for (const { place, to } of variants.flatMap(({ exchanges }) => exchanges)) {
        changes += 1;
        const word = to.toLowerCase();
        taken[place].set(word, (taken[place].get(word) ?? 0) + 1);
      }
    }
  });

  /** Five standard deviations of a share of `tries` draws. */
  const margin = (p: number) => 5 * Math.sqrt((p * (1 - p)) / tries);

  it('golden 20: has each exchange as often as it should be', () => {
    golden.places.forEach((place, i) => {
      const becomes = place.becomes as Partial<Record<string, number>>;
      expect([...taken[i].keys()].sort()).toEqual(Object.keys(becomes).sort());
      for (const [word, probability = 0] of Object.entries(becomes)) {
        const share = taken[i].get(word)! / tries;
        expect(Math.abs(share - probability), `${place.word} → ${word}`).toBeLessThan(margin(probability));
      }
    });
  });

  it('golden 20: changes .4 of the words at most, and nothing as often as it should', () => {
    expect(Math.abs(unchanged / tries - golden.unchanged)).toBeLessThan(margin(golden.unchanged));
    const variance = golden.places.reduce((sum, { changes: p }) => sum + p * (1 - p), 0);
    const mean = changes / tries;
    expect(Math.abs(mean - golden.expectedChanges)).toBeLessThan(5 * Math.sqrt(variance / tries));
    expect(mean).toBeLessThan(golden.probability * golden.places.length);
  });
});

describe('guesses at masked places', () => {
  it('are refused where the model can’t read them', async () => {
    const model = { shape: teacher.shape, parameters: {} };
    const ids = new Array<number>(65).fill(5);
    const segments = ids.map(() => 0);
    await expect(guessMasked(model, [{ ids, segments, position: 1 }], 3)).rejects.toThrow('64 positions');
    const pair = { ids: [2, 4, 3, 5, 3], segments: [0, 0, 0, 1, 1], position: 1 };
    await expect(guessMasked(model, [pair], 3)).rejects.toThrow('one segment');
    expect(await guessMasked(model, [], 3)).toEqual([]);
  });
});
