/** The sentence that every model fills in. */
import { ProblemError } from '../config/problems';
import type { Tokenizer } from './tokenizer';
import { specialTokens } from './tokenizerJson';

export interface MaskedSentence {
  /** Ids of the L tokens, [CLS] and [SEP] included. */
  ids: number[];
  /** Their strings. */
  tokens: string[];
  /** Index of [MASK] among them. */
  maskIndex: number;
  /** Words that the vocabulary can't spell, shown as [UNK]. */
  unknownWords: string[];
}

/** [MASK] as people type it: any case, spaces inside, the wide brackets of East Asian keyboards. */
const typedMask = /[[［]\s*mask\s*[\]］]/giu;

/**
 * @param maxLength tokens that the models can take, [CLS] and [SEP] included
 * @throws ProblemError sentenceEmpty, sentenceWithoutMask, sentenceSeveralMasks, sentenceTooLong, and
 * sentenceUnknownWords where no word is known
 */
export function readSentence(sentence: string, tokenizer: Tokenizer, maxLength: number): MaskedSentence {
  if (sentence.trim() === '') throw new ProblemError('sentenceEmpty');
  const { cls, sep, mask } = tokenizer.special;
  const text = sentence.replace(typedMask, specialTokens.mask);
  const inner = tokenizer.encode(text);
  const masks = inner.filter((id) => id === mask).length;
  if (masks === 0) throw new ProblemError('sentenceWithoutMask');
  if (masks > 1) throw new ProblemError('sentenceSeveralMasks', { masks });

  const ids = [cls, ...inner, sep];
  if (ids.length > maxLength) {
    throw new ProblemError('sentenceTooLong', { tokens: ids.length, most: maxLength });
  }
  return {
    ids,
    tokens: ids.map((id) => tokenizer.vocabulary[id]),
    maskIndex: ids.indexOf(mask),
    unknownWords: unknownWordsOf(text, tokenizer),
  };
}

/**
 * Words of a text that the vocabulary can't spell.
 * @throws ProblemError sentenceUnknownWords where there are no others
 */
export function unknownWordsOf(text: string, tokenizer: Tokenizer): string[] {
  const { mask, unk } = tokenizer.special;
  const unknownWords = tokenizer.unknownWords(text);
  const hasKnownWord = tokenizer
    .encode(text)
    .some((id) => id !== mask && id !== unk && /[\p{L}\p{N}]/u.test(tokenizer.vocabulary[id]));
  if (unknownWords.length > 0 && !hasKnownWord) {
    throw new ProblemError('sentenceUnknownWords', { words: unknownWords.join(', ') });
  }
  return unknownWords;
}
