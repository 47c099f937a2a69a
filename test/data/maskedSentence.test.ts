import { describe, expect, test } from 'vitest';
import { ProblemError } from '../../src/config/problems';
import { readSentence } from '../../src/data/maskedSentence';
import { tokenizer } from './samples';

const problemIn = (sentence: string, maxLength = 64) => {
  try {
    readSentence(sentence, tokenizer, maxLength);
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  return null;
};

describe('readSentence', () => {
  const plain = readSentence('She saw the [MASK].', tokenizer, 64);

  test('tokens with [CLS], [SEP] and the place of the mask', () => {
    expect(plain.tokens[0]).toBe('[CLS]');
    expect(plain.tokens.at(-1)).toBe('[SEP]');
    expect(plain.tokens[plain.maskIndex]).toBe('[MASK]');
    expect(plain.ids.map((id) => tokenizer.vocabulary[id])).toEqual(plain.tokens);
    expect(plain.unknownWords).toEqual([]);
  });

  test.each(['[mask]', '[ MASK ]', '[Mask ]', '［ＭＡＳＫ］'.normalize('NFKC'), '［mask］'])(
    '%s is [MASK]',
    (mask) => {
      expect(readSentence(`She saw the ${mask}.`, tokenizer, 64)).toEqual(plain);
    },
  );

  test('some unknown words are named, only unknown ones are refused', () => {
    expect(readSentence('She saw the [MASK] 学.', tokenizer, 64).unknownWords).toEqual(['学']);
    expect(problemIn('学 [MASK] 校.')).toEqual({ code: 'sentenceUnknownWords', values: { words: '学, 校' } });
    expect(problemIn('[MASK]')).toBeNull();
  });

  test('what is wrong is said', () => {
    expect(problemIn('  ')?.code).toBe('sentenceEmpty');
    expect(problemIn('She saw the cat.')?.code).toBe('sentenceWithoutMask');
    expect(problemIn('[MASK] saw [mask].')).toEqual({ code: 'sentenceSeveralMasks', values: { masks: 2 } });
    expect(problemIn('the [MASK] '.padEnd(400, 'the '), 64)?.code).toBe('sentenceTooLong');
    expect(problemIn('the [MASK]', 4)).toBeNull();
    expect(problemIn('the [MASK]', 3)).toEqual({ code: 'sentenceTooLong', values: { tokens: 4, most: 3 } });
  });
});
