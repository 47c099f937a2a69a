import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ProblemError } from '../../src/config/problems';
import { createTokenizer } from '../../src/data/tokenizer';
import { trainWordPiece } from '../../src/data/wordPieceTrainer';
import { stories, tokenizer } from './samples';

describe('a tokenizer', () => {
  test('encodes [MASK] as the mask, without [CLS] and [SEP]', () => {
    const ids = tokenizer.encode('the [MASK].');
    expect(ids).toHaveLength(3);
    expect(ids[1]).toBe(tokenizer.special.mask);
  });

  test('says which pieces continue a word', () => {
    const pieces = tokenizer.tokens('the doorkeepers');
    expect(pieces[0]).toEqual({ token: 'the', id: tokenizer.encode('the')[0], continues: false });
    expect(pieces.slice(1).map(({ continues }) => continues)).toEqual(pieces.slice(1).map((_, i) => i > 0));
    expect(pieces.slice(2).every(({ token }) => token.startsWith('##'))).toBe(true);
  });

  test('names the words it cannot spell, each once', () => {
    expect(tokenizer.unknownWords('The 学校 and the [MASK] 学.')).toEqual(['学', '校']);
  });
});

test('the bundled teachers have tokenizers that know the stories', () => {
  const file = new URL('../../public/teachers/stories-4x32/tokenizer.json', import.meta.url);
  const bundled = createTokenizer(JSON.parse(readFileSync(file, 'utf8')));
  expect(bundled.vocabulary).toHaveLength(1024);
  expect(bundled.unknownWords(stories.slice(0, 200).join(' '))).toEqual([]);
});

describe('what is no tokenizer is refused', () => {
  const json = trainWordPiece(stories.slice(0, 3), 256);
  const { '[MASK]': _, ...withoutMask } = json.model.vocab;
  test.each([
    ['nothing', null],
    ['a string', 'tokenizer'],
    ['another model', { ...json, model: { ...json.model, type: 'BPE' } }],
    ['a gap in the ids', { ...json, model: { ...json.model, vocab: { ...json.model.vocab, far: 99_999 } } }],
    ['no mask', { ...json, added_tokens: [], model: { ...json.model, vocab: withoutMask } }],
    ['no decoder', { ...json, decoder: undefined }],
    ['an unknown normaliser', { ...json, normalizer: { type: 'Magic' } }],
  ])('%s', (_name, broken) => {
    expect(() => createTokenizer(broken)).toThrow(ProblemError);
  });
});
