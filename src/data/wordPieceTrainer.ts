/**
 * Trains a WordPiece vocabulary as Hugging Face's WordPieceTrainer does: characters first, then byte-pair merges
 * of the most frequent neighbours (Sennrich et al. 2016), pieces inside a word written with `##`.
 */
import { mergingPairs } from './pairMerges';
import { createCutter } from './tokenizer';
import { readTokenizerFile } from './tokenizerFile';
import {
  continuingPrefix,
  longestWord,
  specialTokenList,
  type TokenizerJson,
  tokenizerJson,
} from './tokenizerJson';
import { finish, type Slices, sliceLength } from './work';

/**
 * Characters take at most this share of the vocabulary before merging: much, since one character that is missing
 * makes a whole word [UNK], and East Asian scripts have more of them than a small vocabulary has places.
 */
const alphabetShare = 0.9;
/** Share of Latin letters from which a text is normalised as uncased BERT does. */
const latinShare = 0.9;
/** Pieces of words among which pairs are merged; of more, the words that occur most often are taken. */
const mostPieces = 2_000_000;
/** Letters that are looked at to tell the script. */
const lettersLookedAt = 200_000;
/**
 * Distinct runs of characters without white space that are counted at a time. A text of 10 MB may have millions, most
 * of them once; beyond this the rarest are dropped (lossy counting, Manku and Motwani 2002), but not their characters.
 */
const mostRuns = 200_000;

/**
 * @param texts the training part only; what is held out must not shape the vocabulary
 * @param vocabularySize pieces wanted, special ones included; fewer where the text has no more pairs that repeat
 * @returns an object in the form of `tokenizer.json`; [PAD], [UNK], [CLS], [SEP], [MASK] are 0 to 4
 */
export const trainWordPiece = (texts: readonly string[], vocabularySize: number): TokenizerJson =>
  finish(trainingWordPiece(texts, vocabularySize));

/** The same in slices. */
export function* trainingWordPiece(texts: readonly string[], vocabularySize: number): Slices<TokenizerJson> {
  const latin = yield* isLatin(texts);
  const { words, characters } = yield* countWords(texts, latin);
  const alphabet = alphabetOf(characters);
  const places = Math.floor((vocabularySize - specialTokenList.length) * alphabetShare);
  const vocabulary: string[] = [...specialTokenList, ...alphabet.slice(0, places)];
  const ids = new Map(vocabulary.map((piece, id) => [piece, id]));

  const pieces: number[][] = [];
  const counts: number[] = [];
  let spelledCharacters = 0;
  let left = mostPieces;
  for (const [word, count] of mostFrequent(words)) {
    left -= word.length;
    if (left < 0) break;
    const spelled = piecesOf(word).map((piece) => ids.get(piece));
    // A word with a rare character is [UNK] as a whole, so that its other pieces are never used.
    if (spelled.every((id) => id !== undefined)) {
      pieces.push(spelled);
      counts.push(count);
    }
    spelledCharacters += word.length;
    if (spelledCharacters >= sliceLength) {
      spelledCharacters = 0;
      yield countingShare;
    }
  }

  const merging = mergingPairs({ pieces, counts }, (left, right) => {
    if (vocabulary.length >= vocabularySize) return null;
    const piece = vocabulary[left] + vocabulary[right].slice(continuingPrefix.length);
    const known = ids.get(piece);
    if (known !== undefined) return known;
    ids.set(piece, vocabulary.length);
    vocabulary.push(piece);
    return vocabulary.length - 1;
  });
  while (!merging.next().done) {
    yield countingShare + (1 - countingShare) * (vocabulary.length / vocabularySize);
  }
  // Chinese has few words of several characters to merge: the places left go to the characters left out.
  for (const piece of alphabet.slice(places)) {
    if (vocabulary.length < vocabularySize && !ids.has(piece)) vocabulary.push(piece);
  }
  return tokenizerJson(vocabulary, latin);
}

/** About the part of the time that goes by before pairs are merged. */
const countingShare = 0.5;

/** The words in their order; where they have too many pieces, by how often they occur. */
function mostFrequent(words: ReadonlyMap<string, number>): Iterable<[string, number]> {
  let pieces = 0;
  for (const word of words.keys()) pieces += word.length;
  return pieces <= mostPieces ? words : [...words].sort(([, a], [, b]) => b - a);
}

function* isLatin(texts: readonly string[]): Slices<boolean> {
  let letters = 0;
  let latin = 0;
  for (const text of texts) {
    letters += text.match(/\p{L}/gu)?.length ?? 0;
    latin += text.match(/\p{Script=Latin}/gu)?.length ?? 0;
    if (letters >= lettersLookedAt) break;
    yield 0;
  }
  return latin >= latinShare * letters;
}

interface CountedCharacter {
  count: number;
  /** True where it occurs after another one of its word. */
  inside: boolean;
}

/** How often each word and each character occurs, cut as the tokenizer will cut so that training and use agree. */
function* countWords(
  texts: readonly string[],
  latin: boolean,
): Slices<{ words: Map<string, number>; characters: Map<string, CountedCharacter> }> {
  const { normalise, cut } = createCutter(readTokenizerFile(tokenizerJson(specialTokenList, latin)).cutting);
  const words = new Map<string, number>();
  const characters = new Map<string, CountedCharacter>();
  const wordsOf = (run: string) => cut(normalise(run)).filter((word) => word.length <= 2 * longestWord);
  const addCharacters = (word: string, count: number) => {
    let inside = false;
    for (const character of word) {
      const entry = characters.get(character) ?? { count: 0, inside: false };
      entry.count += count;
      entry.inside ||= inside;
      characters.set(character, entry);
      inside = true;
    }
  };

  // Neither the normaliser nor the cutting looks across white space, so each distinct run is done once.
  const runs = new Map<string, number>();
  let rarest = 1;
  let read = 0;
  for (const [index, text] of texts.entries()) {
    for (const run of text.split(/\s+/)) runs.set(run, (runs.get(run) ?? 0) + 1);
    read += text.length;
    if (read < sliceLength) continue;
    read = 0;
    yield (0.6 * countingShare * index) / texts.length;
    for (; runs.size > mostRuns; rarest++) {
      let dropped = 0;
      for (const [run, count] of runs) {
        if (count > rarest) continue;
        runs.delete(run);
        for (const word of wordsOf(run)) addCharacters(word, count);
        dropped += run.length;
        if (dropped < sliceLength) continue;
        dropped = 0;
        yield (0.6 * countingShare * index) / texts.length;
      }
    }
  }

  let done = 0;
  for (const [run, count] of runs) {
    for (const word of wordsOf(run)) {
      words.set(word, (words.get(word) ?? 0) + count);
      addCharacters(word, count);
    }
    done += 1;
    if (done % 512 === 0) yield countingShare * (0.6 + (0.3 * done) / runs.size);
  }
  return { words, characters };
}

/** A word as single characters, those after the first with `##`. */
const piecesOf = (word: string): string[] =>
  Array.from(word, (character, i) => (i === 0 ? character : continuingPrefix + character));

/**
 * Single characters as pieces, the most frequent first: each as a word's beginning, and with `##` where it occurs
 * inside a word.
 */
const alphabetOf = (characters: ReadonlyMap<string, CountedCharacter>): string[] =>
  [...characters]
    .sort(([a, { count: n }], [b, { count: m }]) => m - n || (a < b ? -1 : 1))
    .flatMap(([character, { inside }]) => (inside ? [character, continuingPrefix + character] : [character]));
