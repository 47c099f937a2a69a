import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentencesOf } from '../../src/data/sentences';
import { cutSequences } from '../../src/data/sequences';
import { stories, tokenizer } from './samples';

const { cls, sep } = tokenizer.special;
const someStories = fc.array(fc.constantFrom(...stories.slice(0, 100)), { minLength: 1, maxLength: 5 });
const inside = (sequences: Int32Array[]) => sequences.flatMap((sequence) => [...sequence.slice(1, -1)]);

test('all sequences are [CLS] ... [SEP] of at most L tokens, and no token is lost', () => {
  fc.assert(
    fc.property(someStories, fc.integer({ min: 3, max: 128 }), (texts, length) => {
      const sequences = cutSequences(tokenizer, texts, length);
      for (const sequence of sequences) {
        expect(sequence.length).toBeGreaterThanOrEqual(3);
        expect(sequence.length).toBeLessThanOrEqual(length);
        expect([sequence[0], sequence.at(-1)]).toEqual([cls, sep]);
      }
      expect(inside(sequences)).toEqual(texts.flatMap((text) => tokenizer.encode(text)));
    }),
    { numRuns: 30 },
  );
});

test('never across texts', () => {
  fc.assert(
    fc.property(someStories, (texts) => {
      const apart = texts.flatMap((text) => cutSequences(tokenizer, [text], 32));
      expect(cutSequences(tokenizer, texts, 32)).toEqual(apart);
    }),
    { numRuns: 30 },
  );
});

test('a sentence that fits is not cut', () => {
  const sequences = cutSequences(tokenizer, stories.slice(0, 50), 64).map((sequence) => sequence.join(' '));
  for (const sentence of stories.slice(0, 50).flatMap(sentencesOf)) {
    const ids = tokenizer.encode(sentence);
    if (ids.length <= 62) expect(sequences.some((sequence) => sequence.includes(ids.join(' ')))).toBe(true);
  }
});

test('empty texts give nothing', () => {
  expect(cutSequences(tokenizer, ['', '  '], 32)).toEqual([]);
});
