/** A text as sequences of token ids, and what masking needs to know of it. */
import type { Training } from '../config/experiment';
import { ProblemError } from '../config/problems';
import { selectionWeights, tokenCounts } from './masking';
import { cuttingSequences } from './sequences';
import { splitTexts } from './stories';
import type { Tokenizer, TokenizerFacts } from './tokenizer';
import { continuingPrefix } from './tokenizerJson';
import { finish, part, type Slices } from './work';

/** A word that is kept from those who learn. */
export interface Withheld {
  /** Its id in the vocabulary. */
  id: number;
  /** Training sequences that had it and were left out. */
  dropped: Int32Array[];
}

export interface Corpus {
  /** Token ids of each sequence, [CLS] ... [SEP], at most L. */
  train: Int32Array[];
  heldOut: Int32Array[];
  /** Occurrences of each token in the training part, [V]. */
  counts: Uint32Array;
  /** Weight of each token in the draw of masks, [V], by way of selecting. */
  weights: Record<Training['maskSelection'], Float64Array>;
  tokenizer: TokenizerFacts;
  /** Texts, both parts. */
  texts: number;
  /** Words, both parts: tokens with a letter or digit that don't continue a word. In Chinese, characters. */
  words: number;
  /** Share of the characters, both parts, that are lost since their words became [UNK], 0 to 1. */
  unknownShare: number;
  /** Absent where no word is withheld. */
  withheld?: Withheld;
}

/** Fewer sequences can't be trained on, or can't be evaluated on, in a way that means anything. */
const fewestSequences = { train: 20, heldOut: 2 };

/** All of `buildingCorpus` at once. */
export const buildCorpus = (tokenizer: Tokenizer, texts: readonly string[], sequenceLength: number): Corpus =>
  finish(buildingCorpus(tokenizer, texts, sequenceLength));

/**
 * Splits by text, then cuts each part.
 * @throws ProblemError textTooFewSequences
 */
export function* buildingCorpus(
  tokenizer: Tokenizer,
  texts: readonly string[],
  sequenceLength: number,
): Slices<Corpus> {
  const split = splitTexts(texts);
  const training = yield* part(cuttingSequences(tokenizer, split.train, sequenceLength), 0, 0.9);
  const testing = yield* part(cuttingSequences(tokenizer, split.heldOut, sequenceLength), 0.9, 1);
  const [train, heldOut] = [training.sequences, testing.sequences];
  if (train.length < fewestSequences.train || heldOut.length < fewestSequences.heldOut) {
    throw new ProblemError('textTooFewSequences', {
      train: train.length,
      heldOut: heldOut.length,
      leastTrain: fewestSequences.train,
      leastHeldOut: fewestSequences.heldOut,
    });
  }
  const { vocabulary, special } = tokenizer;
  const counts = tokenCounts(train, vocabulary.length);
  const heldOutCounts = tokenCounts(heldOut, vocabulary.length);
  return {
    train,
    heldOut,
    counts,
    weights: {
      uniform: selectionWeights(counts, special, 'uniform'),
      rare: selectionWeights(counts, special, 'rare'),
    },
    tokenizer: { vocabulary, special },
    texts: texts.length,
    words: countWords([counts, heldOutCounts], tokenizer),
    unknownShare: (training.lost + testing.lost) / Math.max(1, training.characters + testing.characters),
  };
}

/** Where nothing can be masked: a part that is all [UNK], or has no words. */
export function lacksWords({ train, heldOut, weights }: Corpus): boolean {
  const hasWord = (sequence: Int32Array) => sequence.some((id) => weights.uniform[id] > 0);
  return !train.some(hasWord) || !heldOut.some(hasWord);
}

function countWords(counts: readonly Uint32Array[], { vocabulary, special }: TokenizerFacts): number {
  const specials = Object.values(special);
  let words = 0;
  vocabulary.forEach((token, id) => {
    const beginsWord = !token.startsWith(continuingPrefix) && /[\p{L}\p{N}]/u.test(token);
    // A word that can't be spelled is a word all the same.
    if (id === special.unk || (beginsWord && !specials.includes(id))) {
      for (const part of counts) words += part[id];
    }
  });
  return words;
}
