import { describe, expect, test } from 'vitest';
import { createTokenizer, type Tokenizer } from '../../src/data/tokenizer';
import { specialTokens } from '../../src/data/tokenizerJson';
import { trainingWordPiece, trainWordPiece } from '../../src/data/wordPieceTrainer';
import { chinese, japanese, korean, stories, tokenizer } from './samples';

const unknownShare = ({ encode, special }: Tokenizer, text: string) => {
  const ids = encode(text);
  return ids.filter((id) => id === special.unk).length / ids.length;
};

/** The pieces joined again, without blanks. */
const joined = ({ tokens }: Tokenizer, text: string) =>
  tokens(text)
    .map(({ token, continues }) => (continues ? token.slice(2) : token))
    .join('');

describe('trainWordPiece on stories', () => {
  test('the vocabulary is full, begins with the special tokens and repeats nothing', () => {
    expect(tokenizer.vocabulary).toHaveLength(512);
    expect(tokenizer.vocabulary.slice(0, 5)).toEqual(Object.values(specialTokens));
    expect(new Set(tokenizer.vocabulary).size).toBe(512);
    expect(tokenizer.special).toEqual({ pad: 0, unk: 1, cls: 2, sep: 3, mask: 4 });
  });

  test('the most frequent words are whole tokens', () => {
    const counts = new Map<string, number>();
    for (const word of stories
      .slice(0, 300)
      .join(' ')
      .toLowerCase()
      .match(/[a-z]+/g) ?? []) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    const frequent = [...counts].sort(([, a], [, b]) => b - a).slice(0, 40);
    for (const [word] of frequent) expect(tokenizer.vocabulary).toContain(word);
  });

  test('text comes back, lowercase and without accents', () => {
    const text = 'She opened the old door, and nothing happened!';
    expect(joined(tokenizer, text)).toBe(text.toLowerCase().replace(/ /g, ''));
    expect(tokenizer.encode('Café')).toEqual(tokenizer.encode('cafe'));
    expect(unknownShare(tokenizer, stories.slice(300, 400).join(' '))).toBeLessThan(0.01);
  });

  test('it is the same every time, and says how far it is', () => {
    const slices = trainingWordPiece(stories.slice(0, 30), 300);
    const shares: number[] = [];
    let slice = slices.next();
    for (; !slice.done; slice = slices.next()) shares.push(slice.value);
    expect(slice.value).toEqual(trainWordPiece(stories.slice(0, 30), 300));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBeGreaterThan(0.6);
  });

  test('a text with few pairs gives a smaller vocabulary', () => {
    const { vocabulary } = createTokenizer(trainWordPiece(['one two three'], 256));
    expect(vocabulary.length).toBeLessThan(30);
  });
});

describe('trainWordPiece on other scripts', () => {
  test.each([
    ['Korean', korean],
    ['Chinese', chinese],
    ['Japanese', japanese],
  ])('%s: few unknown words, nothing decomposed', (_, texts) => {
    const trained = createTokenizer(trainWordPiece(texts, 256));
    expect(trained.vocabulary.length).toBeLessThanOrEqual(256);
    expect(unknownShare(trained, texts.join(' '))).toBeLessThan(0.02);
    const composed = texts[0].normalize('NFC');
    expect(joined(trained, texts[0].normalize('NFD'))).toBe(composed.replace(/\s/g, ''));
  });

  test('a vocabulary smaller than the alphabet keeps the most frequent characters', () => {
    const rare = Array.from({ length: 2000 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join('');
    const trained = createTokenizer(trainWordPiece([rare, ...Array(20).fill(chinese.join(''))], 256));
    expect(trained.vocabulary.length).toBeLessThanOrEqual(256);
    expect(unknownShare(trained, chinese.join(''))).toBeLessThan(0.02);
  });

  test('words of several syllables become tokens', () => {
    const trained = createTokenizer(trainWordPiece(korean, 256));
    expect(trained.vocabulary).toContain('비가');
    expect(trained.vocabulary).toContain('공원에');
  });
});
