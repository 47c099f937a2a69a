/** The bundled corpus, and the rule by which a tenth of any list of texts is held out. */

/** One text a line, as in `public/corpora/stories.txt`; empty lines don't count. */
export const storiesOf = (file: string): string[] =>
  file
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

export interface SplitTexts {
  train: string[];
  heldOut: string[];
}

/** Text i, counted from 0, is held out where i % 10 is 9: fixed, before anything is cut or counted. */
export function splitTexts(texts: readonly string[]): SplitTexts {
  return {
    train: texts.filter((_, i) => i % 10 !== 9),
    heldOut: texts.filter((_, i) => i % 10 === 9),
  };
}
