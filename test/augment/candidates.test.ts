import { describe, expect, it } from 'vitest';
import { candidatesOf } from '../../src/augment/candidates';
import { tinybertAugmentation } from '../../src/config/augmentation';
import { fakeTeacher } from './fakeTools';

const wordsOf = (candidates: readonly { word: string }[]) => candidates.map(({ word }) => word);

describe('candidates', () => {
  it('of a word of one piece are the teacher’s words at its place; pieces, signs and special tokens are none', async () => {
    const { tools, calls } = fakeTeacher(() => ['cat', '##s', ',', '[UNK]', '7', 'dog', 'tea']);
    const [{ places }] = await candidatesOf(['The dog.'], tools, { ...tinybertAugmentation, candidates: 6 });
    expect(places).toMatchObject([{ word: 'dog', source: 'teacher' }]);
    // Of six tokens two are words, and one of them is the word itself, as in the authors' program.
    expect(places[0].candidates).toEqual([
      { word: 'cat', score: 0.5 },
      { word: 'dog', score: 0.5 ** 6 },
    ]);
    expect(calls.flat()).toHaveLength(1);
  });

  it('of a word of several pieces are the nearest vectors, itself left out, and nobody asks the teacher', async () => {
    const { tools, calls } = fakeTeacher(() => ['cat']);
    const texts = ['A teapot in my unicorn'];
    const [{ places }] = await candidatesOf(texts, tools, { ...tinybertAugmentation, candidates: 2 });
    expect(places.map(({ word, source }) => [word, source])).toEqual([
      ['teapot', 'vectors'],
      ['unicorn', 'vectors'],
    ]);
    expect(wordsOf(places[0].candidates)).toEqual(['kettle', 'mug']);
    expect(places[0].candidates[0].score).toBeCloseTo(9 / Math.sqrt(82), 6);
    expect(places[1].candidates).toEqual([]);
    expect(calls).toEqual([]);

    const itself = await candidatesOf(texts, tools, { ...tinybertAugmentation, candidates: 2, itself: true });
    expect(wordsOf(itself[0].places[0].candidates)).toEqual(['teapot', 'kettle']);
    const without = await candidatesOf(texts, { ...tools, vectors: null }, tinybertAugmentation);
    expect(without[0].places[0].candidates).toEqual([]);
  });

  it('of many sentences are asked together, each word once, and come back to their places', async () => {
    const guess = (sentence: string) =>
      sentence.includes('the [MASK]') ? ['cat', 'hen'] : ['blue', 'today'];
    const { tools, calls } = fakeTeacher(guess);
    const texts = ['The dog likes red.', 'Anna sees the hen.', '', '!'];
    const found = await candidatesOf(texts, tools, tinybertAugmentation);
    expect(found.map(({ text }) => text)).toEqual(texts);
    expect(
      found.map(({ places }) => places.map(({ word, candidates }) => [word, wordsOf(candidates)[0]])),
    ).toEqual([
      [
        ['dog', 'cat'],
        ['likes', 'blue'],
        ['red', 'blue'],
      ],
      [
        ['anna', 'blue'],
        ['sees', 'blue'],
        ['hen', 'cat'],
      ],
      [],
      [],
    ]);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toHaveLength(6);
  });
});
