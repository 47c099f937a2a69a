/** Texts cut into sequences of at most L tokens. */
import { scanSentences } from './sentences';
import type { Tokenizer } from './tokenizer';
import { finish, type Slices, sliceLength } from './work';

export interface CutTexts {
  /** Token ids of each sequence, 3 to L, in the order of the texts. */
  sequences: Int32Array[];
  /** Characters (code points) of the words, and those of words that became [UNK]. */
  characters: number;
  lost: number;
}

/** The sequences of `cuttingSequences`, all at once. */
export const cutSequences = (
  tokenizer: Tokenizer,
  texts: readonly string[],
  sequenceLength: number,
): Int32Array[] => finish(cuttingSequences(tokenizer, texts, sequenceLength)).sequences;

/**
 * Whole sentences of one text packed greedily into [CLS] ... [SEP]; never across texts. Only a sentence of more
 * than L - 2 tokens is cut.
 * @param sequenceLength L, [CLS] and [SEP] included; at least 3
 */
export function* cuttingSequences(
  tokenizer: Tokenizer,
  texts: readonly string[],
  sequenceLength: number,
): Slices<CutTexts> {
  const { cls, sep } = tokenizer.special;
  const most = sequenceLength - 2;
  const sequences: Int32Array[] = [];
  let characters = 0;
  let lost = 0;
  let read = 0;
  let packed: number[] = [];
  const close = () => {
    if (packed.length > 0) sequences.push(Int32Array.of(cls, ...packed, sep));
    packed = [];
  };
  for (const [index, text] of texts.entries()) {
    for (const sentence of scanSentences(text)) {
      if (sentence === null) continue;
      const spelling = tokenizer.spell(sentence);
      characters += spelling.characters;
      lost += spelling.lost;
      const { ids } = spelling;
      for (let start = 0; start < ids.length; start += most) {
        const part = ids.slice(start, start + most);
        if (packed.length + part.length > most) close();
        packed.push(...part);
      }
    }
    close();
    read += text.length;
    if (read < sliceLength) continue;
    read = 0;
    yield index / texts.length;
  }
  return { sequences, characters, lost };
}
