/** What each word of a sentence may be exchanged for. */
import type { Augmentation } from '../config/augmentation';
import type { CandidateSource } from '../config/variants';
import type { Tokenizer } from '../data/tokenizer';
import { askAll, type Guesses, type MaskedQuery, maskedQuery, type Predict } from './masked';
import { isWord, type Place, placesOf } from './places';
import { nearest, type WordVectors } from './wordVectors';

export interface Candidate {
  word: string;
  /** The teacher's probability at the masked place, or the cosine to the word. */
  score: number;
}

export interface Choice extends Place {
  /** The teacher for a word of one piece, the word vectors for one of several. */
  source: CandidateSource;
  /** The best first, at most K; none where nobody knows one, and the word then stays. */
  candidates: Candidate[];
}

/** A sentence and what may be exchanged in it. */
export interface Choices {
  text: string;
  places: Choice[];
}

/** What augmentation works with. */
export interface AugmentationTools {
  tokenizer: Tokenizer;
  predict: Predict;
  /** Null: words of several pieces stay as they are. */
  vectors: WordVectors | null;
  /** Tokens that the teacher reads at most. */
  longest: number;
}

/**
 * The candidates of some sentences, for each word once whatever the number of variants, as in the authors' program. All
 * masked places are asked together, since the teacher's passes are what costs.
 *
 * Of the teacher's K tokens only words are kept (the paper speaks of words; the program drops `##` pieces, and keeps
 * signs and [UNK]), so that fewer than K may remain. The word itself may be among them, and then nothing changes.
 */
export async function candidatesOf(
  texts: readonly string[],
  { tokenizer, predict, vectors, longest }: AugmentationTools,
  settings: Pick<Augmentation, 'candidates' | 'context' | 'itself'>,
  onAnswered?: (answered: number, of: number) => Promise<void> | void,
): Promise<Choices[]> {
  const queries: MaskedQuery[] = [];
  const asking: Choice[] = [];
  const all = texts.map((text): Choices => {
    const places = placesOf(text, tokenizer).map((place): Choice => {
      if (place.pieces.length > 1) {
        const near = vectors ? nearest(vectors, place.word, settings.candidates, settings.itself) : [];
        const candidates = near.map(({ word, similarity }) => ({ word, score: similarity }));
        return { ...place, source: 'vectors', candidates };
      }
      const choice: Choice = { ...place, source: 'teacher', candidates: [] };
      const query = maskedQuery(text, place, tokenizer, settings.context, longest);
      if (query) {
        queries.push(query);
        asking.push(choice);
      }
      return choice;
    });
    return { text, places };
  });
  const answers = await askAll(predict, queries, settings.candidates, (answered) =>
    onAnswered?.(answered, queries.length),
  );
  answers.forEach((guesses, i) => {
    asking[i].candidates = wordsOf(guesses, tokenizer);
  });
  return all;
}

/** The tokens that are words. */
function wordsOf({ ids, probabilities }: Guesses, { vocabulary }: Tokenizer): Candidate[] {
  return Array.from(ids, (id, i) => ({ word: vocabulary[id], score: probabilities[i] })).filter(({ word }) =>
    isWord(word),
  );
}
