import { expect, it } from 'vitest';
import { packedVectors, unpackedVectors } from '../../src/augment/packedVectors';
import { addingWords } from '../../src/augment/wordsOfText';
import { wordVectors } from '../../src/augment/wordVectors';
import { finish } from '../../src/data/work';

const wordsOf = (text: string) => {
  const words = new Set<string>();
  finish(addingWords(text, words));
  return words;
};

it('words are in small letters, with their accents and without', () => {
  expect([...wordsOf('The Café,\t2nd café’s ÉTÉ')]).toEqual(['the', 'café', 'cafe', 'nd', 's', 'été', 'ete']);
});

it('no word is cut where a slice ends', () => {
  const words = Array.from({ length: 4000 }, (_, i) => `word${'abcdefghij'[i % 10]}${'x'.repeat(i % 7)}`);
  expect(wordsOf(words.join(' '))).toEqual(new Set(words));
  expect(wordsOf('y'.repeat(20_000)).size).toBe(1);
});

it('packed vectors keep their directions, and notice what does not belong together', () => {
  const vectors = wordVectors(['one', 'two'], 3, [1, 2, -3, 1e-9, 0, 2e-9]);
  const packed = packedVectors(vectors);
  expect([...new Int8Array(packed.vectors)]).toEqual([42, 85, -127, 64, 0, 127]);
  const again = unpackedVectors(packed)!;
  expect(again.words).toEqual(['one', 'two']);
  for (const [i, value] of again.data.entries()) expect(value).toBeCloseTo(vectors.data[i], 2);
  // What is used from the first and what comes back from the disk are the same bits.
  expect(packedVectors(again)).toEqual(packed);
  expect(unpackedVectors({ ...packed, words: 'one' })).toBeNull();
});
