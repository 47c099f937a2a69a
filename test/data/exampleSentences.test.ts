import { describe, expect, it } from 'vitest';
import { exampleSentences } from '../../src/data/exampleSentences';
import { readSentence } from '../../src/data/maskedSentence';
import { textsOf } from '../../src/data/ownText';
import { splitTexts } from '../../src/data/stories';
import { createTokenizer } from '../../src/data/tokenizer';
import { trainWordPiece } from '../../src/data/wordPieceTrainer';
import { englishText, koreanText } from '../support/texts';

describe.each([
  ['English', englishText()],
  ['Korean', koreanText()],
])('examples of a %s text', (_, text) => {
  const texts = textsOf(text);
  const tokenizer = createTokenizer(trainWordPiece(splitTexts(texts).train, 600));
  const examples = exampleSentences(tokenizer, texts);

  it('can be probed, every one of them, and differ', () => {
    expect(examples.length).toBeGreaterThan(0);
    expect(examples.length).toBeLessThanOrEqual(4);
    expect(new Set(examples).size).toBe(examples.length);
    for (const example of examples) {
      const { tokens, maskIndex } = readSentence(example, tokenizer, 32);
      expect(tokens[maskIndex]).toBe('[MASK]');
      expect(tokens.filter((token) => token === '[UNK]').length).toBeLessThanOrEqual(tokens.length / 5);
    }
  });

  it('come from the held-out part, which no model learns from', () => {
    const heldOut = splitTexts(texts).heldOut;
    for (const example of examples) {
      const [before, after] = example.split('[MASK]');
      expect(heldOut.some((other) => other.includes(before) && other.includes(after))).toBe(true);
    }
  });
});

it('gives none where nothing can be spelled', () => {
  const texts = textsOf(koreanText());
  const english = createTokenizer(trainWordPiece(splitTexts(textsOf(englishText())).train, 600));
  expect(exampleSentences(english, texts)).toEqual([]);
});
