import { describe, expect, it } from 'vitest';
import { placesOf } from '../../src/augment/places';
import { stopWords } from '../../src/augment/stopWords';
import { createTokenizer } from '../../src/data/tokenizer';
import { trainWordPiece } from '../../src/data/wordPieceTrainer';
import { fakeTokenizer, idOf } from './fakeTools';

const words = (text: string) => placesOf(text, fakeTokenizer).map(({ word }) => word);

describe('the places of a sentence that may change', () => {
  it('are its words but for stop words, signs, numbers and mixtures', () => {
    expect(words('The dog, my 7 cats and a 3rd hen: not in x2!')).toEqual(['dog', 'cats', 'hen']);
  });

  it('leave all parts of a contraction alone', () => {
    expect(words("Don't! Anna's dog isn't red; she'll see.")).toEqual(['anna', 'dog', 'red', 'see']);
  });

  it('know where a word stands, how it is spelled, and of which pieces it is', () => {
    const text = '  Dog… “TEAPOT” déjà 犬!';
    const places = placesOf(text, fakeTokenizer);
    expect(places.map(({ start, end }) => text.slice(start, end))).toEqual(['Dog', 'TEAPOT', 'déjà', '犬']);
    expect(places.map(({ word }) => word)).toEqual(['dog', 'teapot', 'deja', '犬']);
    expect(places.map(({ pieces }) => pieces)).toEqual([
      [idOf('dog')],
      ['tea', '##p', '##o', '##t'].map(idOf),
      ['d', '##e', '##j', '##a'].map(idOf),
      [fakeTokenizer.special.unk],
    ]);
  });

  it('leave special tokens alone that somebody has written out', () => {
    expect(words('dog [MASK] cat [SEP] [UNK] [red]')).toEqual(['dog', 'cat', 'red']);
  });

  it('are words of any script', () => {
    const greek = createTokenizer(trainWordPiece(['ο σκύλος τρέχει στον κήπο. '.repeat(40)], 256));
    expect(placesOf('Ο σκύλος τρέχει.', greek).length).toBe(3);
  });
});

it('20. stop words are of those that hold a sentence together, in small letters, each once', () => {
  for (const word of ['the', 'my', 'and', 'not', 'don', 'll', 's', 'been', 'was']) {
    expect(stopWords, word).toContain(word);
  }
  for (const word of ['dog', 'yesterday', 'watched', 'happy', 'good']) expect(stopWords).not.toContain(word);
  for (const word of stopWords) expect(word).toMatch(/^[a-z]+$/);
});
