/**
 * Cuts text at sentence ends in any script. An own expression rather than Intl.Segmenter: that one follows the
 * engine's Unicode tables, and the same text must be cut alike in every browser and in Node.
 */

/** Marks that end a sentence only before a space: a point also stands in 3.5 and in addresses. */
const spaced = String.raw`[.!?…‽؟۔።։]+["'”’»)\]]*(?=\s|$)`;
/** Marks of scripts that put no space after a sentence. */
const unspaced = String.raw`[。！？｡।॥။៕]+["'”’»」』）】〉》)\]]*`;
const sentence = new RegExp(String.raw`(?=\S).*?(?:${spaced}|${unspaced}|$)`, 'gsu');

/** The sentences of a text in order, trimmed; a text without an end mark is one sentence. */
export const sentencesOf = (text: string): string[] =>
  Array.from(text.matchAll(sentence), ([match]) => match.trim());
