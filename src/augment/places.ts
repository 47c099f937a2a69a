/** The words of a sentence that augmentation may exchange. */
import type { Tokenizer } from '../data/tokenizer';
import { continuingPrefix, specialTokens } from '../data/tokenizerJson';
import { stopWords } from './stopWords';

export interface Place {
  /** Where the word stands in the text, in UTF-16 units. */
  start: number;
  end: number;
  /** The word as the tokenizer's normaliser leaves it. */
  word: string;
  /** Ids of its pieces; [UNK] alone counts as one piece, as in the authors' program. */
  pieces: readonly number[];
}

const specials = Object.values(specialTokens).map((token) => token.replace(/[[\]]/g, '\\$&'));
/** What BERT's cutting by blanks and signs leaves; a special token that was written out is one of them. */
const runs = new RegExp(`${specials.join('|')}|\\p{Script=Han}|[^\\s\\p{P}\\p{Script=Han}$+<=>^\`|~]+`, 'gu');

/** True for letters alone: no sign, no number, no special token, no piece that continues a word. */
export const isWord = (run: string): boolean => /^\p{L}[\p{L}\p{M}]*$/u.test(run);

/** The places in order. Stop words, signs, numbers and mixtures of letters and others stay as they are. */
export function placesOf(text: string, { encode, vocabulary, special }: Tokenizer): Place[] {
  const places: Place[] = [];
  for (const { 0: run, index: start } of text.matchAll(runs)) {
    if (!isWord(run)) continue;
    const pieces = encode(run);
    const isKnown = pieces.length > 0 && !pieces.includes(special.unk);
    const word = isKnown ? pieces.map((id) => pieceText(vocabulary[id])).join('') : run.toLowerCase();
    if (!stopWords.has(word)) places.push({ start, end: start + run.length, word, pieces });
  }
  return places;
}

/** A piece without the mark of those that continue a word. */
const pieceText = (piece: string) =>
  piece.startsWith(continuingPrefix) ? piece.slice(continuingPrefix.length) : piece;
