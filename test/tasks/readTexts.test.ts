import { describe, expect, it, test } from 'vitest';
import { ProblemError } from '../../src/config/problems';
import { encodeTexts } from '../../src/tasks/encode';
import { readTexts } from '../../src/tasks/readTexts';
import { tokenizer } from '../data/samples';

const { cls, sep } = tokenizer.special;
const one = (sentence: string, most = 64) => readTexts(sentence, tokenizer, false, most);
const two = (sentence: string, most = 64) => readTexts(sentence, tokenizer, true, most);
const problemIn = (read: () => unknown) => {
  try {
    read();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  return null;
};

describe('readTexts', () => {
  it('has a text as the task has its rows, asked at [CLS]', () => {
    const { ids, tokens, maskIndex, unknownWords, ...rest } = one('The cat sat.');
    expect(ids).toEqual([...encodeTexts(tokenizer, { a: 'The cat sat.' }, 64).ids]);
    expect([ids[0], ids.at(-1)]).toEqual([cls, sep]);
    expect(tokens).toEqual(ids.map((id) => tokenizer.vocabulary[id]));
    expect([maskIndex, unknownWords, rest]).toEqual([0, [], {}]);
  });

  it.each(['\n', '\r\n', '\r', '\u2028', '\n\n', ' \n\t\n '])('parts a pair at %j', (lineBreak) => {
    const { ids, second } = two(`The cat sat.${lineBreak}It sat.`);
    expect(ids).toEqual([...encodeTexts(tokenizer, { a: 'The cat sat.', b: 'It sat.' }, 64).ids]);
    expect(ids.slice(second)).toEqual([...tokenizer.encode('It sat.'), sep]);
    expect(ids[second! - 1]).toBe(sep);
  });

  it('takes empty lines around a text for nothing', () => {
    expect(one('\n The cat sat.\n\n')).toEqual(one('The cat sat.'));
    expect(two('\nThe cat sat.\nIt sat.\n')).toEqual(two('The cat sat.\nIt sat.'));
  });

  it('cuts nothing: what just fits is whole, and one token more is too much', () => {
    const all = two('the the the\nthe the');
    expect(all.ids).toHaveLength(8);
    expect(two('the the the\nthe the', 8)).toEqual(all);
    const values = { tokens: 8, most: 7 };
    expect(problemIn(() => two('the the the\nthe the', 7))).toEqual({ code: 'sentenceTooLong', values });
    expect(one('the the', 4).ids).toHaveLength(4);
    expect(problemIn(() => one('the the', 3))?.code).toBe('sentenceTooLong');
  });

  test.each([
    ['', 'sentenceWithoutText', undefined],
    [' \n \n', 'sentenceWithoutText', undefined],
    // Not seen, and no token.
    ['\u200b', 'sentenceWithoutText', undefined],
    ['The cat sat.\nIt sat.', 'sentenceManyLines', { lines: 2, texts: 1 }],
    ['学 校', 'sentenceUnknownWords', { words: '学, 校' }],
  ])('of a single text %j: %s', (sentence, code, values) => {
    expect(problemIn(() => one(sentence))).toEqual({ code, values });
  });

  test.each([
    ['', 'sentenceWithoutText', undefined],
    ['The cat sat.', 'sentenceWithoutSecond', undefined],
    ['The cat sat.\n ', 'sentenceWithoutSecond', undefined],
    ['\nThe cat sat.', 'sentenceWithoutSecond', undefined],
    ['The cat.\nThe cat.\nThe cat.', 'sentenceManyLines', { lines: 3, texts: 2 }],
    // Each text has to say something.
    ['The cat sat.\n学', 'sentenceUnknownWords', { words: '学' }],
  ])('of a pair %j: %s', (sentence, code, values) => {
    expect(problemIn(() => two(sentence))).toEqual({ code, values });
  });

  it('names each unknown word once', () => {
    expect(two('The cat 学.\nThe 校 学.').unknownWords).toEqual(['学', '校']);
  });
});
