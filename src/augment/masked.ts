/** What a teacher is asked: a sentence with one of its words masked. */
import type { Augmentation } from '../config/augmentation';
import type { Tokenizer } from '../data/tokenizer';
import type { Place } from './places';

/** One sequence for the teacher, and the place in it that is asked. */
export interface MaskedQuery {
  /** [CLS] … [SEP], at most as long as the teacher reads. */
  ids: number[];
  /** 0 or 1 for each id. All are 0 where the sentence stands alone. */
  segments: number[];
  /** Index of [MASK]. */
  position: number;
}

/** The most probable tokens at a masked place, the most probable first. */
export interface Guesses {
  ids: ArrayLike<number>;
  /** Softmax at T = 1 over the whole vocabulary. */
  probabilities: ArrayLike<number>;
}

/** A teacher's K most probable tokens for each query, in order. Queries of a call are of similar length. */
export type Predict = (queries: readonly MaskedQuery[], count: number) => Promise<Guesses[]>;

/**
 * The query for a word of one piece; null where the teacher does not read far enough.
 * @param longest tokens that the teacher reads
 */
export function maskedQuery(
  text: string,
  { start, end, pieces }: Place,
  { encode, special: { cls, sep, mask } }: Pick<Tokenizer, 'encode' | 'special'>,
  context: Augmentation['context'],
  longest: number,
): MaskedQuery | null {
  const before = encode(text.slice(0, start));
  const after = encode(text.slice(end));
  if (context === 'withOriginal') {
    const first = [cls, ...before, mask, ...after, sep];
    const position = 1 + before.length;
    // As the authors do: what is too long is cut at its end, whatever that leaves of the second segment.
    const ids = [...first, ...before, ...pieces, ...after, sep].slice(0, longest);
    const segments = ids.map((_, i) => (i < first.length ? 0 : 1));
    return position < longest ? { ids, segments, position } : null;
  }
  const words = [...before, mask, ...after];
  const read = longest - 2;
  // The part of a longer text around the word.
  const from = Math.max(0, Math.min(before.length - Math.floor(read / 2), words.length - read));
  const ids = [cls, ...words.slice(from, from + read), sep];
  return { ids, segments: ids.map(() => 0), position: 1 + before.length - from };
}

/** Tokens of a call, padding included, at most: about what a training step has. */
const tokensOfCall = 8192;
/** Whether two sequences are of similar length, so that little is padding. */
const areSimilar = (shorter: number, longer: number) => longer <= 1.25 * shorter + 2;

/**
 * Asks the teacher all queries, those of similar length together.
 * @param onAnswered told after each call how many are answered
 */
export async function askAll(
  predict: Predict,
  queries: readonly MaskedQuery[],
  count: number,
  onAnswered: (answered: number) => Promise<void> | void = () => {},
): Promise<Guesses[]> {
  const order = queries
    .map((_, i) => i)
    .sort((a, b) => queries[a].ids.length - queries[b].ids.length || a - b);
  const answers: Guesses[] = new Array(queries.length);
  for (let from = 0; from < order.length; ) {
    const lengthAt = (i: number) => queries[order[i]].ids.length;
    const fits = (i: number) =>
      areSimilar(lengthAt(from), lengthAt(i)) && lengthAt(i) * (i + 1 - from) <= tokensOfCall;
    let to = from + 1;
    while (to < order.length && fits(to)) to++;
    const asked = order.slice(from, to);
    const guesses = await predict(
      asked.map((i) => queries[i]),
      count,
    );
    asked.forEach((i, k) => {
      answers[i] = guesses[k];
    });
    from = to;
    await onAnswered(to);
  }
  return answers;
}
