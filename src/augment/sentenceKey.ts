/**
 * A sentence without what makes no difference to whoever has read it: case, signs, and how wide blanks are. Two
 * sentences of one key count as the same wherever something is held out.
 */
export const sentenceKey = (sentence: string): string =>
  (
    sentence
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  ).join(' ');
