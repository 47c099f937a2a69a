/** The words of a text, for which vectors may be needed. */
import { type Slices, sliceLength } from '../data/work';

const letters = /\p{L}[\p{L}\p{M}]*/gu;
const marks = /\p{M}/gu;

/** Adds the words of a text to others: in small letters, and without accents beside that, as tokenizers of Latin text have them. */
export function* addingWords(text: string, words: Set<string>): Slices<void> {
  for (let start = 0; start < text.length; ) {
    let end = Math.min(text.length, start + sliceLength);
    // Never within a word.
    while (end < text.length && /[\p{L}\p{M}]/u.test(text[end])) end += 1;
    for (const [word] of text.slice(start, end).toLowerCase().matchAll(letters)) {
      words.add(word);
      words.add(word.normalize('NFD').replace(marks, ''));
    }
    start = end;
    yield start / text.length;
  }
}
