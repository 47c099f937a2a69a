/** The text, or the pair of texts, whose class every model says. */
import { ProblemError } from '../config/problems';
import { type MaskedSentence, unknownWordsOf } from '../data/maskedSentence';
import type { Tokenizer } from '../data/tokenizer';
import { encodeTexts } from './encode';

export interface ReadTexts extends MaskedSentence {
  /** Index of [CLS], where the class is asked for. */
  maskIndex: 0;
  /** Of a pair: index of the first token of the second text. */
  second?: number;
}

const lineBreak = /\r\n|[\n\r\u2028\u2029]/u;

/**
 * @param sentence as the page has it: the two texts of a pair on two lines; empty lines don't count
 * @param pairs whether the task is about pairs of texts
 * @param maxLength tokens that the models can take, [CLS] and every [SEP] included; nothing is cut to them
 * @throws ProblemError sentenceWithoutText, sentenceWithoutSecond, sentenceManyLines, sentenceTooLong, and
 * sentenceUnknownWords where no word of a text is known
 */
export function readTexts(
  sentence: string,
  tokenizer: Tokenizer,
  pairs: boolean,
  maxLength: number,
): ReadTexts {
  // What leaves no token, such as a sign that is not seen, is as good as nothing.
  const texts = sentence.split(lineBreak).filter((line) => tokenizer.encode(line).length > 0);
  const wanted = pairs ? 2 : 1;
  if (texts.length === 0) throw new ProblemError('sentenceWithoutText');
  if (texts.length < wanted) throw new ProblemError('sentenceWithoutSecond');
  if (texts.length > wanted) {
    throw new ProblemError('sentenceManyLines', { lines: texts.length, texts: wanted });
  }
  const [a, b] = texts;
  const encoded = encodeTexts(tokenizer, { a, b }, Number.POSITIVE_INFINITY);
  const ids = [...encoded.ids];
  if (ids.length > maxLength) {
    throw new ProblemError('sentenceTooLong', { tokens: ids.length, most: maxLength });
  }
  return {
    ids,
    tokens: ids.map((id) => tokenizer.vocabulary[id]),
    maskIndex: 0,
    ...(pairs && { second: encoded.second }),
    unknownWords: [...new Set(texts.flatMap((text) => unknownWordsOf(text, tokenizer)))],
  };
}
