/**
 * Trains a WordPiece vocabulary as Hugging Face's WordPieceTrainer does: characters first, then byte-pair merges
 * of the most frequent neighbours (Sennrich et al. 2016), pieces inside a word written with `##`.
 */
import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import { mergePairs } from './pairMerges';
import { continuingPrefix, wordsOf } from './tokenizer';
import { longestWord, specialTokenList, type TokenizerJson, tokenizerJson } from './tokenizerJson';

/**
 * Characters take at most this share of the vocabulary before merging: much, since one character that is missing
 * makes a whole word [UNK], and East Asian scripts have more of them than a small vocabulary has places.
 */
const alphabetShare = 0.9;
/** Share of Latin letters from which a text is normalised as uncased BERT does. */
const latinShare = 0.9;
/** Letters that are looked at to tell the script. */
const lettersLookedAt = 200_000;

/**
 * @param texts the training part only; what is held out must not shape the vocabulary
 * @param vocabularySize pieces wanted, special ones included; fewer where the text has no more pairs that repeat
 * @param progress called now and then with the pieces found so far
 * @returns an object in the form of `tokenizer.json`; [PAD], [UNK], [CLS], [SEP], [MASK] are 0 to 4
 */
export function trainWordPiece(
  texts: readonly string[],
  vocabularySize: number,
  progress?: (pieces: number, of: number) => void,
): TokenizerJson {
  const latin = isLatin(texts);
  const words = countWords(texts, latin);
  const alphabet = alphabetOf(words);
  const places = Math.floor((vocabularySize - specialTokenList.length) * alphabetShare);
  const vocabulary: string[] = [...specialTokenList, ...alphabet.slice(0, places)];
  const ids = new Map(vocabulary.map((piece, id) => [piece, id]));

  const pieces: number[][] = [];
  const counts: number[] = [];
  for (const [word, count] of words) {
    const spelled = piecesOf(word).map((piece) => ids.get(piece));
    // A word with a rare character is [UNK] as a whole, so that its other pieces are never used.
    if (spelled.every((id) => id !== undefined)) {
      pieces.push(spelled);
      counts.push(count);
    }
  }

  mergePairs({ pieces, counts }, (left, right) => {
    if (vocabulary.length >= vocabularySize) return null;
    const piece = vocabulary[left] + vocabulary[right].slice(continuingPrefix.length);
    const known = ids.get(piece);
    if (known !== undefined) return known;
    ids.set(piece, vocabulary.length);
    vocabulary.push(piece);
    if (vocabulary.length % 64 === 0) progress?.(vocabulary.length, vocabularySize);
    return vocabulary.length - 1;
  });
  // Chinese has few words of several characters to merge: the places left go to the characters left out.
  for (const piece of alphabet.slice(places)) {
    if (vocabulary.length < vocabularySize && !ids.has(piece)) vocabulary.push(piece);
  }
  progress?.(vocabulary.length, vocabulary.length);
  return tokenizerJson(vocabulary, latin);
}

function isLatin(texts: readonly string[]): boolean {
  let letters = 0;
  let latin = 0;
  for (const text of texts) {
    letters += text.match(/\p{L}/gu)?.length ?? 0;
    latin += text.match(/\p{Script=Latin}/gu)?.length ?? 0;
    if (letters >= lettersLookedAt) break;
  }
  return latin >= latinShare * letters;
}

/** How often each word occurs, cut by the library itself so that training and use agree. */
function countWords(texts: readonly string[], latin: boolean): Map<string, number> {
  // Neither the normaliser nor the cutting looks across white space, so each distinct run is done once.
  const runs = new Map<string, number>();
  for (const text of texts) {
    for (const run of text.split(/\s+/)) runs.set(run, (runs.get(run) ?? 0) + 1);
  }
  const cutter = new LibraryTokenizer(tokenizerJson(specialTokenList, latin), {});
  const words = new Map<string, number>();
  for (const [run, count] of runs) {
    for (const word of wordsOf(cutter, run)) {
      if (word.length <= longestWord) words.set(word, (words.get(word) ?? 0) + count);
    }
  }
  return words;
}

/** A word as single characters, those after the first with `##`. */
const piecesOf = (word: string): string[] =>
  Array.from(word, (character, i) => (i === 0 ? character : continuingPrefix + character));

/**
 * Single characters as pieces, the most frequent first: each as a word's beginning, and with `##` where it occurs
 * inside a word.
 */
function alphabetOf(words: ReadonlyMap<string, number>): string[] {
  const characters = new Map<string, { count: number; inside: boolean }>();
  for (const [word, count] of words) {
    let inside = false;
    for (const character of word) {
      const entry = characters.get(character) ?? { count: 0, inside: false };
      entry.count += count;
      entry.inside ||= inside;
      characters.set(character, entry);
      inside = true;
    }
  }
  return [...characters]
    .sort(([a, { count: n }], [b, { count: m }]) => m - n || (a < b ? -1 : 1))
    .flatMap(([character, { inside }]) => (inside ? [character, continuingPrefix + character] : [character]));
}
