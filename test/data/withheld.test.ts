import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskedSlots } from '../../src/config/maskCount';
import { presets } from '../../src/config/presets';
import { problemOf } from '../../src/config/problems';
import { heldOutBatches, trainBatch, withheldBatches } from '../../src/data/batches';
import { leastLeft, mostPlaces, occurrences, withheldFacts, withoutWord } from '../../src/data/withheld';
import { corpus, tokenizer } from './samples';

const training = presets.tiny.training;
const { vocabulary, special } = tokenizer;

/** Words that can be withheld from the sample. */
const words = vocabulary.filter((word, id) => {
  const having = corpus.train.filter((sequence) => sequence.includes(id)).length;
  return /^[a-z]{2,}$/.test(word) && having > 0 && having <= (1 - leastLeft) * corpus.train.length;
});
const without = (word: string) => withoutWord(corpus, tokenizer, word);
const idOf = (word: string) => vocabulary.indexOf(word);
const refusal = (word: string) => {
  try {
    without(word);
  } catch (error) {
    return problemOf(error);
  }
  return null;
};

describe('withoutWord', () => {
  test('no input and no label of training ever has the word, not even as a random replacement', () => {
    const drawn = fc.record({
      word: fc.constantFrom(...words),
      seed: fc.nat(1e9),
      step: fc.nat(5000),
      maskProbability: fc.constantFrom(0.15, 0.9),
      maskSelection: fc.constantFrom('uniform' as const, 'rare' as const),
    });
    fc.assert(
      fc.property(drawn, ({ word, step, ...changes }) => {
        const id = idOf(word);
        const batch = trainBatch(without(word), { ...training, ...changes }, step, 0);
        expect(batch.inputIds.includes(id)).toBe(false);
        expect(batch.originalIds.includes(id)).toBe(false);
        expect(batch.labels.subarray(0, batch.maskedCount).includes(id)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('nor would it where it is one of two words that another can be replaced by', () => {
    const words = { uniform: new Float64Array(7).fill(1), rare: new Float64Array(7).fill(1) };
    const toy = {
      ...corpus,
      tokenizer: { special, vocabulary: [...vocabulary.slice(0, 5), 'day', 'night'] },
      train: Array.from({ length: 40 }, () => Int32Array.of(special.cls, special.unk, special.sep)),
      weights: words,
    };
    const replacedBy = (withheld?: { id: number; dropped: Int32Array[] }) => {
      const options = { ...training, maskProbability: 0.9 };
      const inputs = Array.from(
        { length: 50 },
        (_, step) => trainBatch({ ...toy, withheld }, options, step, 0).inputIds,
      );
      return [5, 6].map((id) => inputs.some((ids) => ids.includes(id)));
    };
    expect(replacedBy()).toEqual([true, true]);
    expect(replacedBy({ id: 5, dropped: [] })).toEqual([false, true]);
  });

  test('drops every sequence with the word and no other, and says how many', () => {
    fc.assert(
      fc.property(fc.constantFrom(...words), (word) => {
        const rest = without(word);
        const { dropped } = rest.withheld!;
        expect(dropped.every((sequence) => sequence.includes(idOf(word)))).toBe(true);
        expect([...rest.train, ...dropped].map(String).sort()).toEqual(corpus.train.map(String).sort());
        expect(rest.counts[idOf(word)]).toBe(0);
        expect(withheldFacts(rest)).toEqual({ withheld: { dropped: dropped.length } });
      }),
      { numRuns: 20 },
    );
    expect(withheldFacts(corpus)).toEqual({});
  });

  test('leaves held-out text and its masks as they are', () => {
    const rest = without(words[0]);
    expect(rest.heldOut).toBe(corpus.heldOut);
    expect(heldOutBatches(rest, training, 'all')).toEqual(heldOutBatches(corpus, training, 'all'));
  });

  test('takes the word as the vocabulary has it', () => {
    const [word] = words;
    const capital = `${word[0].toUpperCase()}${word.slice(1)}`;
    expect(without(capital).withheld).toEqual(without(word).withheld);
  });

  test('refuses what is no word of the vocabulary, what is nowhere, and what is everywhere', () => {
    for (const word of ['two words', 'unhurriedly', '[MASK]', '.', '', '…', '##s']) {
      expect(refusal(word)).toEqual({ code: 'withheldNoWord', values: { word } });
    }
    expect(refusal('the')).toMatchObject({ code: 'withheldTooOften', values: { word: 'the' } });
    const few = { ...corpus, train: [corpus.train[0]], heldOut: [] };
    const absent = words.find((word) => !corpus.train[0].includes(idOf(word)))!;
    expect(() => withoutWord(few, tokenizer, absent)).toThrow('withheldAbsent');
  });
});

describe('withheldBatches', () => {
  test('ask for the word at every place, once, up to a bound; held-out text first, nothing else masked', () => {
    const drawn = fc.record({
      word: fc.constantFrom(...words),
      maskProbability: fc.constantFrom(0.01, 0.15, 0.9),
      batchSize: fc.constantFrom(1, 3, 16),
    });
    fc.assert(
      fc.property(drawn, ({ word, ...changes }) => {
        const id = idOf(word);
        const rest = without(word);
        const options = { ...training, ...changes };
        const slots = maskedSlots(options);
        const { batches, places, heldOut } = withheldBatches(rest, options)!;
        const all = [...rest.heldOut, ...rest.withheld!.dropped];
        const asked = (list: Int32Array[]) =>
          list.reduce((sum, sequence) => sum + Math.min(slots, occurrences(sequence, id)), 0);
        expect(batches.reduce((sum, { maskedCount }) => sum + maskedCount, 0)).toBe(places);
        // A sequence with several places may not fit any more.
        if (asked(all) <= mostPlaces) expect(places).toBe(asked(all));
        else expect(places).toBeGreaterThan(mostPlaces - slots);
        expect(places).toBeLessThanOrEqual(mostPlaces);
        if (asked(rest.heldOut) <= mostPlaces) expect(heldOut).toBe(asked(rest.heldOut));
        for (const batch of batches) {
          expect(batch.labels).toHaveLength(slots);
          expect([...batch.labels.subarray(0, batch.maskedCount)].every((label) => label === id)).toBe(true);
          batch.originalIds.forEach((original, i) => {
            expect(batch.inputIds[i]).toBe(original === id ? special.mask : original);
          });
        }
      }),
      { numRuns: 30 },
    );
    expect(withheldBatches(corpus, training)).toBeNull();
  });
});
