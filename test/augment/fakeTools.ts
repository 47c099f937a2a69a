/** A tokenizer of a few words, word vectors of a few, and a teacher whose guesses are given. */
import type { AugmentationTools } from '../../src/augment/candidates';
import type { Guesses, MaskedQuery } from '../../src/augment/masked';
import { wordVectors } from '../../src/augment/wordVectors';
import { createTokenizer } from '../../src/data/tokenizer';
import { specialTokenList, tokenizerJson } from '../../src/data/tokenizerJson';

const words =
  'the my a is and not in don t s anna tom dog cat hen milk tea water drinks sees likes yesterday today red blue 7 . , !'.split(
    ' ',
  );
const letters = [...'abcdefghijklmnopqrstuvwxyz'];

/** `teapot` is `tea ##p ##o ##t`, `house` letters alone. */
export const fakeTokenizer = createTokenizer(
  tokenizerJson(
    [...specialTokenList, ...new Set([...words, ...letters]), ...letters.map((l) => `##${l}`)],
    true,
  ),
);

export const idOf = (token: string): number => {
  const id = fakeTokenizer.vocabulary.indexOf(token);
  if (id < 0) throw new Error(`${token} is no token`);
  return id;
};

export const fakeVectors = wordVectors(
  ['teapot', 'kettle', 'mug', 'house', 'barn'],
  2,
  [1, 0, 9, 1, 3, 1, 0, 1, -1, 5],
);

export interface FakeTeacher {
  tools: AugmentationTools;
  /** What it was asked, call by call. */
  calls: MaskedQuery[][];
}

/**
 * @param guess the tokens that the teacher proposes, the most probable first, for the sentence with [MASK] in it
 */
export function fakeTeacher(guess: (sentence: string) => string[], longest = 32): FakeTeacher {
  const calls: MaskedQuery[][] = [];
  const predict = async (queries: readonly MaskedQuery[], count: number): Promise<Guesses[]> => {
    calls.push([...queries]);
    return queries.map(({ ids }) => {
      const tokens = guess(ids.map((id) => fakeTokenizer.vocabulary[id]).join(' ')).slice(0, count);
      return { ids: tokens.map(idOf), probabilities: tokens.map((_, i) => 0.5 ** (i + 1)) };
    });
  };
  return { tools: { tokenizer: fakeTokenizer, predict, vectors: fakeVectors, longest }, calls };
}
