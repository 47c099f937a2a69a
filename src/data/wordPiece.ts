/** WordPiece's cutting of one word (Schuster and Nakajima 2012; BERT): the longest piece first, from the left. */
import { continuingPrefix } from './tokenizerJson';

/**
 * @param vocabulary token strings by id
 * @param unknown id of [UNK]
 * @param longestWord characters; what is longer is [UNK]
 * @returns a function from a word to the ids of its pieces, [`unknown`] where it can't be spelled. Its time is
 * proportional to the word, since no piece is longer than the longest of the vocabulary.
 */
export function wordPieces(
  vocabulary: readonly string[],
  unknown: number,
  longestWord: number,
): (word: string) => number[] {
  const beginnings = new Map<string, number>();
  const continuations = new Map<string, number>();
  let longestPiece = 0;
  vocabulary.forEach((token, id) => {
    beginnings.set(token, id);
    longestPiece = Math.max(longestPiece, token.length);
    if (token.startsWith(continuingPrefix)) continuations.set(token.slice(continuingPrefix.length), id);
  });

  return (word) => {
    if (characterCount(word) > longestWord) return [unknown];
    const ids: number[] = [];
    for (let start = 0; start < word.length; ) {
      const pieces = start === 0 ? beginnings : continuations;
      let end = Math.min(word.length, start + longestPiece);
      let id: number | undefined;
      while (end > start) {
        if (!isInsidePair(word, end)) id = pieces.get(word.slice(start, end));
        if (id !== undefined) break;
        end--;
      }
      if (id === undefined) return [unknown];
      ids.push(id);
      start = end;
    }
    return ids;
  };
}

/** Code points. */
export function characterCount(text: string): number {
  let count = text.length;
  for (let i = 1; i < text.length; i++) if (isInsidePair(text, i)) count--;
  return count;
}

/** True between the two halves of a surrogate pair. */
export const isInsidePair = (text: string, at: number): boolean =>
  (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
