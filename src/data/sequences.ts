/** Texts cut into sequences of at most L tokens. */
import { sentencesOf } from './sentences';
import type { Tokenizer } from './tokenizer';

/**
 * Whole sentences of one text packed greedily into [CLS] ... [SEP]; never across texts. Only a sentence of more
 * than L - 2 tokens is cut.
 * @param sequenceLength L, [CLS] and [SEP] included; at least 3
 * @returns ids of 3 to L tokens each, in the order of the texts
 */
export function cutSequences(
  tokenizer: Tokenizer,
  texts: readonly string[],
  sequenceLength: number,
): Int32Array[] {
  const { cls, sep } = tokenizer.special;
  const most = sequenceLength - 2;
  const sequences: Int32Array[] = [];
  for (const text of texts) {
    let packed: number[] = [];
    const close = () => {
      if (packed.length > 0) sequences.push(Int32Array.of(cls, ...packed, sep));
      packed = [];
    };
    for (const sentence of sentencesOf(text)) {
      const ids = tokenizer.encode(sentence);
      for (let start = 0; start < ids.length; start += most) {
        const part = ids.slice(start, start + most);
        if (packed.length + part.length > most) close();
        packed.push(...part);
      }
    }
    close();
  }
  return sequences;
}
