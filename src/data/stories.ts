/** The bundled texts, and the rule by which a tenth of any list of texts is held out. */
import { heldOutByTasks } from './heldOutByTasks';

/** One text a line, as in `public/corpora/stories.txt` and `everyday.txt`; empty lines don't count. */
export const storiesOf = (file: string): string[] =>
  file
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

export interface SplitTexts {
  train: string[];
  heldOut: string[];
}

/**
 * Text i, counted from 0, is held out where i % 10 is 9: fixed, before anything is cut or counted. So is a bundled one
 * with a sentence that a task holds out: whatever learns from the training part (students, teachers, tokenizers, word
 * vectors) has not seen it. Every other text stays on its side.
 */
export function splitTexts(texts: readonly string[]): SplitTexts {
  const split: SplitTexts = { train: [], heldOut: [] };
  texts.forEach((text, i) => {
    split[i % 10 === 9 || heldOutByTasks.has(text) ? 'heldOut' : 'train'].push(text);
  });
  return split;
}
