import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProblemError } from '../../src/config/problems';
import { createTokenizer } from '../../src/data/tokenizer';
import type { tokenizerJson } from '../../src/data/tokenizerJson';
import { trainWordPiece } from '../../src/data/wordPieceTrainer';
import { mutated, runs } from '../support/mutations';
import { japanese, korean, stories } from './samples';

const trained = trainWordPiece([...stories.slice(0, 60), ...korean], 400);
const plain = () => structuredClone(trained) as ReturnType<typeof tokenizerJson>;

/** Ids by the library alone. */
const byLibrary = (json: object) => {
  const library = new LibraryTokenizer(json, {});
  return (text: string) => library.encode(text, { add_special_tokens: false }).ids;
};

describe('a tokenizer', () => {
  const units = [
    'a',
    'b',
    'the',
    ' ',
    '.',
    '[MASK]',
    'é',
    'Σ',
    '한',
    '비가',
    '今',
    '\u200b',
    '\t',
    '\u00a0',
    '\ufeff',
  ];
  const text = fc.string({
    unit: fc.constantFrom(...units, '##', '😀', 'ื', 'ก', '\u000b', '-', 'q'),
    maxLength: 60,
  });

  test.each([
    ['own', trained],
    ['own, of other scripts', trainWordPiece([...korean, ...japanese, 'ประเทศไทย กก'], 300)],
    ['with added tokens', withAdded()],
  ])('spells as the library alone does: %s', (_, json) => {
    const ours = createTokenizer(json);
    const theirs = byLibrary(json);
    fc.assert(
      fc.property(text, (t) => {
        expect(ours.encode(t)).toEqual(theirs(t));
      }),
      { numRuns: 1000 },
    );
  });

  test('sets Chinese characters of two UTF-16 units apart, as Hugging Face’s own does', () => {
    const wide = trainWordPiece(['𠀀𠁀𪛖 𠀀 丽', '一'], 256);
    const { tokens } = createTokenizer(wide);
    expect(tokens('𠀀𠁀𪛖').map(({ token }) => token)).toEqual(['𠀀', '𠁀', '𪛖']);
    expect(tokens('a𠀀').map(({ token }) => token)).toEqual(['[UNK]', '𠀀']);
  });

  test('counts what is lost in characters', () => {
    const { spell } = createTokenizer(trained);
    expect(spell('the ⵣⵣⵣⵣ [MASK]')).toMatchObject({ characters: 7, lost: 4 });
    expect(spell('ⵣ'.repeat(500))).toMatchObject({ characters: 500, lost: 500 });
  });

  function withAdded() {
    const json = plain() as ReturnType<typeof plain> & { added_tokens: object[] };
    const added = (content: string, normalized: boolean, id: number) => ({
      ...json.added_tokens[0],
      ...{ id, content, normalized, special: false },
    });
    const next = Object.keys(json.model.vocab).length;
    json.added_tokens.push(added('b.', false, next), added('a-b', false, next + 1));
    return json;
  }
});

describe('own tokenizers', () => {
  const khmer = 'ខ្ញុំក្នុងបង្រៀនលើទិញសរសេរជាមួយចូលចិត្តម្តាយ';
  test.each([
    ['Khmer with break signs', khmer.repeat(4).replace(/(.{9})/g, '$1\u200b')],
    ['Khmer without', khmer.repeat(10)],
    ['Thai', 'แม่เห็นบ้านแมวชอบข้าวเด็กชอบปลา'.repeat(12)],
    ['Lao', 'ຂ້ອຍມັກກິນເຂົ້າແລະປາຢູ່ເຮືອນ'.repeat(12)],
    ['Burmese', 'ကျွန်တော်သည်ကျောင်းသို့သွားသည်'.repeat(12)],
    ['Japanese syllables', 'わたしはがっこうへいきますそしてともだちとあそびます'.repeat(8)],
    ['Tibetan', 'བོད་སྐད་ནི་བོད་མིའི་སྐད་ཡིག་ཡིན།'.repeat(12)],
    ['one long word', 'abcdefghij'.repeat(60)],
  ])('lose nothing of a text without blanks: %s', (_, text) => {
    const { spell } = createTokenizer(trainWordPiece([text], 512));
    const { characters, lost } = spell(text);
    expect(characters).toBeGreaterThan(100);
    expect(lost).toBe(0);
  });
});

describe('a stranger’s tokenizer.json', () => {
  const refused = (json: unknown) => {
    try {
      createTokenizer(json);
    } catch (error) {
      if (error instanceof ProblemError) return String(error.problem.values?.reason);
      throw error;
    }
    return null;
  };

  test('as BERT’s own is read', () => {
    const bert = { ...plain(), pre_tokenizer: { type: 'BertPreTokenizer' } };
    expect(refused(bert)).toBeNull();
    expect(refused({ ...bert, normalizer: { type: 'NFC' } })).toBeNull();
  });

  const evil = { type: 'Split', pattern: { Regex: '(a+)+$' }, behavior: 'Isolated', invert: false };
  const bert = { type: 'BertPreTokenizer' };
  test.each<[string, object, RegExp]>([
    [
      'a regular expression',
      { pre_tokenizer: { type: 'Sequence', pretokenizers: [bert, evil] } },
      /plain string/,
    ],
    ['one to replace', { normalizer: { ...evil, type: 'Replace', content: '' } }, /plain string/],
    ['no cutting at blanks', { pre_tokenizer: { type: 'Metaspace' } }, /Metaspace/],
    ['an unknown normaliser', { normalizer: { type: 'Precompiled' } }, /Precompiled/],
    [
      'a chain of normalisers',
      { normalizer: { type: 'Sequence', normalizers: Array(20).fill({ type: 'NFC' }) } },
      /20 normalizers/,
    ],
    [
      'nested chains',
      { normalizer: { type: 'Sequence', normalizers: [{ type: 'Sequence', normalizers: [] }] } },
      /Sequence/,
    ],
    ['too many added tokens', { added_tokens: Array(1001).fill({ id: 1, content: 'a' }) }, /1001 added/],
    ['an added token with a blank', { added_tokens: [{ id: 1, content: 'a b' }] }, /blank/],
    ['no decoder', { decoder: null }, /decoder/],
  ])('is refused with %s', (_, changes, reason) => {
    expect(refused({ ...plain(), ...changes })).toMatch(reason);
  });

  test('is refused fast with a vocabulary that is too large, of far ids or of long tokens', () => {
    const { model } = plain();
    const vocab = (entries: [string, number][]) => ({
      ...plain(),
      model: { ...model, vocab: Object.fromEntries(entries) },
    });
    const large = vocab(Array.from({ length: 262_145 }, (_, id) => [`t${id}`, id]));
    const start = performance.now();
    expect(refused(large)).toMatch(/262145 tokens/);
    expect(
      refused(
        vocab([
          ['[PAD]', 0],
          ['far', 200_000],
        ]),
      ),
    ).toMatch(/gap/);
    expect(refused(vocab([['a'.repeat(1e6), 0]]))).toMatch(/too long/);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test('whatever is changed, it is refused in words or read, within two seconds', () => {
    fc.assert(
      fc.property(mutated(trained), (json) => {
        const start = performance.now();
        const reason = refused(json);
        if (reason === null)
          createTokenizer(json).encode('the [MASK] 비가 와요 ปลา aaaaaaaaaaaaaaaaaaaaaaaaaaa!');
        else expect(reason.length).toBeLessThan(400);
        expect(performance.now() - start).toBeLessThan(2000);
      }),
      { numRuns: runs, seed: 7 },
    );
  });
});
