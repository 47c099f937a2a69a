/** Sentences to try, cut from a person's own text: each with one word masked. */
import { scanSentences } from './sentences';
import { splitTexts } from './stories';
import type { Tokenizer } from './tokenizer';
import { specialTokens } from './tokenizerJson';
import { finish, type Slices } from './work';

/** Tokens of a good example: enough to guess from, few enough to read. */
const fewest = 4;
const most = 24;
/** Share of [UNK] up to which a sentence still makes sense. */
const mostUnknown = 0.2;
/** Texts looked through at most. */
const textsLookedAt = 200;

/**
 * Up to `count` sentences of held-out texts that the tokenizer can spell, with [MASK] in place of a word in the middle. Fewer, or none, where the text has no such sentences.
 */
export const exampleSentences = (tokenizer: Tokenizer, texts: readonly string[], count = 4): string[] =>
  finish(findingExamples(tokenizer, texts, count));

/** The same in slices. */
export function* findingExamples(
  tokenizer: Tokenizer,
  texts: readonly string[],
  count = 4,
): Slices<string[]> {
  const examples: string[] = [];
  for (const text of splitTexts(texts).heldOut.slice(0, textsLookedAt)) {
    yield examples.length / count;
    for (const sentence of scanSentences(text)) {
      if (sentence === null) continue;
      const masked = maskMiddle(tokenizer, sentence);
      if (masked && !examples.includes(masked)) {
        examples.push(masked);
        // One of each text, so that they differ.
        break;
      }
    }
    if (examples.length === count) break;
  }
  return examples;
}

/** A word, or a character of a script that is read character by character. */
const word = /\p{Script=Han}|[^\P{L}\p{Script=Han}]+/gu;

/** The sentence with the word nearest to its middle masked, of those that are one token. */
function maskMiddle({ special, encode }: Tokenizer, sentence: string): string | null {
  const ids = encode(sentence);
  const unknown = ids.filter((id) => id === special.unk).length;
  const { pad, cls, sep, mask } = special;
  if (ids.length < fewest || ids.length > most || unknown > ids.length * mostUnknown) return null;
  if (ids.some((id) => [pad, cls, sep, mask].includes(id))) return null;
  const middle = sentence.length / 2;
  const isOneToken = (text: string) => {
    const [id, ...rest] = encode(text);
    return rest.length === 0 && id !== special.unk;
  };
  const [place] = [...sentence.matchAll(word)]
    .filter(([text]) => isOneToken(text))
    .sort((a, b) => Math.abs(a.index - middle) - Math.abs(b.index - middle));
  if (!place) return null;
  return sentence.slice(0, place.index) + specialTokens.mask + sentence.slice(place.index + place[0].length);
}
