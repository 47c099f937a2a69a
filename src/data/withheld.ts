/**
 * A word that never occurs in the transfer text (Hinton, Vinyals and Dean 2015, section 3: a digit was left out of the transfer
 * set, and the student knew it from the soft targets alone).
 */
import { ProblemError } from '../config/problems';
import type { TextFacts } from '../config/results';
import type { Corpus } from './corpus';
import { selectionWeights, tokenCounts } from './masking';
import { permutation, randomStream } from './random';
import type { Tokenizer } from './tokenizer';
import { continuingPrefix } from './tokenizerJson';

/** With less than this share of the sequences left, what is trained on would be another text. */
export const leastLeft = 0.5;

/**
 * The id of a word as a person writes it.
 * @throws ProblemError withheldNoWord where it is not exactly one piece of the vocabulary
 */
export function wordId(tokenizer: Tokenizer, word: string): number {
  const ids = tokenizer.encode(word);
  const { vocabulary, special } = tokenizer;
  const [id] = ids;
  const isWord =
    ids.length === 1 &&
    !Object.values(special).includes(id) &&
    !vocabulary[id].startsWith(continuingPrefix) &&
    /\p{L}/u.test(vocabulary[id]);
  if (!isWord) throw new ProblemError('withheldNoWord', { word });
  return id;
}

/**
 * The corpus without the training sequences in which a word occurs, alone or as the beginning of a longer one; what is held out
 * stays as it is. Whole sequences go, so that all others are those that the text gives anyway.
 * @throws ProblemError withheldNoWord, withheldAbsent where it is nowhere in the text, withheldTooOften
 */
export function withoutWord(corpus: Corpus, tokenizer: Tokenizer, word: string): Corpus {
  const id = wordId(tokenizer, word);
  const has = (sequence: Int32Array) => sequence.includes(id);
  const dropped = corpus.train.filter(has);
  if (dropped.length === 0 && !corpus.heldOut.some(has)) throw new ProblemError('withheldAbsent', { word });
  const train = corpus.train.filter((sequence) => !has(sequence));
  if (train.length < leastLeft * corpus.train.length) {
    const values = { word, dropped: dropped.length, train: corpus.train.length };
    throw new ProblemError('withheldTooOften', values);
  }
  const counts = tokenCounts(train, corpus.counts.length);
  const { special } = tokenizer;
  return {
    ...corpus,
    train,
    counts,
    weights: {
      uniform: selectionWeights(counts, special, 'uniform'),
      rare: selectionWeights(counts, special, 'rare'),
    },
    withheld: { id, dropped },
  };
}

/** What is said of the word: sequences that were dropped for it. */
export const withheldFacts = ({ withheld }: Corpus): Pick<TextFacts, 'withheld'> =>
  withheld ? { withheld: { dropped: withheld.dropped.length } } : {};

export interface Places {
  sequences: Int32Array[];
  /** In all of them, and in those of the held-out text. */
  places: number;
  heldOut: number;
}

/** Places of a withheld word that are asked for at most. */
export const mostPlaces = 128;

/**
 * Sequences in which the word occurs, for asking every model for it: those held out first, which no model has seen, then those
 * that were dropped, which no student has. In an order that is shuffled once and for all, until there are `mostPlaces`.
 * @param most places in one sequence
 */
export function placesOf({ heldOut, withheld }: Corpus, most: number): Places {
  if (!withheld) return { sequences: [], places: 0, heldOut: 0 };
  const { id, dropped } = withheld;
  const sequences: Int32Array[] = [];
  let places = 0;
  const take = (list: Int32Array[]) => {
    for (const row of permutation(list.length, randomStream(0, 0, 'held-out order'))) {
      const here = Math.min(most, occurrences(list[row], id));
      if (places + here > mostPlaces) continue;
      sequences.push(list[row]);
      places += here;
    }
    return places;
  };
  const ofHeldOut = take(heldOut.filter((sequence) => sequence.includes(id)));
  return { sequences, places: take(dropped), heldOut: ofHeldOut };
}

export const occurrences = (sequence: Int32Array, id: number) =>
  sequence.reduce((sum, token) => sum + Number(token === id), 0);
