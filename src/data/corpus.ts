/** A text as sequences of token ids, and what masking needs to know of it. */
import type { Training } from '../config/experiment';
import { ProblemError } from '../config/problems';
import { selectionWeights, tokenCounts } from './masking';
import { cutSequences } from './sequences';
import { splitTexts } from './stories';
import { continuingPrefix, type Tokenizer, type TokenizerFacts } from './tokenizer';

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
}

/** Fewer sequences can't be trained on, or can't be evaluated on, in a way that means anything. */
const fewestSequences = { train: 20, heldOut: 2 };

/**
 * Splits by text, then cuts each part.
 * @throws ProblemError textTooFewSequences
 */
export function buildCorpus(tokenizer: Tokenizer, texts: readonly string[], sequenceLength: number): Corpus {
  const split = splitTexts(texts);
  const train = cutSequences(tokenizer, split.train, sequenceLength);
  const heldOut = cutSequences(tokenizer, split.heldOut, sequenceLength);
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
    words: countWords([counts, tokenCounts(heldOut, vocabulary.length)], tokenizer),
  };
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
