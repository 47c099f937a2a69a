/** What the word vectors may learn from: the bundled text without anything that is held out somewhere. */

import { sentencesOf } from '../../src/data/sentences';
import { splitTexts, storiesOf } from '../../src/data/stories';
import { textKey } from '../../src/data/textKey';

export interface TrainingText {
  /** Runs of words in order; a window of co-occurrence never reaches beyond one. */
  runs: string[][];
  /** Sentences that were left out since they are, or hold, one of those that are held out or one of a task's. */
  leftOut: { heldOutTexts: number; taskSentences: number };
  sentences: number;
}

/**
 * @param texts files of one text a line, each of which holds out every tenth line
 * @param tasks files of `label<TAB>text` or `label<TAB>text<TAB>text`; none of their sentences is learned from, since
 * which of them are held out is decided elsewhere
 */
export function trainingText(texts: readonly string[], tasks: readonly string[]): TrainingText {
  const splits = texts.map((file) => splitTexts(storiesOf(file)));
  const heldOut = finderOf(splits.flatMap((split) => split.heldOut));
  const ofTasks = finderOf(
    tasks.flatMap((file) => storiesOf(file).flatMap((row) => row.split('\t').slice(1))),
  );

  const text: TrainingText = { runs: [], leftOut: { heldOutTexts: 0, taskSentences: 0 }, sentences: 0 };
  for (const line of splits.flatMap(({ train }) => train)) {
    let run: string[] = [];
    for (const sentence of sentencesOf(line)) {
      const key = textKey(sentence);
      const reason = ofTasks(key) ? 'taskSentences' : heldOut(key) ? 'heldOutTexts' : null;
      if (reason) {
        text.leftOut[reason] += 1;
        // What stood on its two sides was never together.
        if (run.length > 0) text.runs.push(run);
        run = [];
        continue;
      }
      text.sentences += 1;
      run.push(...wordsOf(sentence));
    }
    if (run.length > 0) text.runs.push(run);
  }
  return text;
}

/** Words from which on a sentence is looked for inside longer ones, too. */
const fewestInside = 4;

/**
 * A function that tells whether a sentence, by its key, is one of some texts', or a whole text, or holds one of them with
 * all its words in order, as a quotation does.
 */
function finderOf(texts: readonly string[]): (key: string) => boolean {
  const keys = new Set(texts.flatMap((text) => [text, ...sentencesOf(text)]).map(textKey));
  const byBeginning = new Map<string, string[]>();
  for (const key of keys) {
    const words = key.split(' ');
    if (words.length < fewestInside) continue;
    const beginning = words.slice(0, fewestInside).join(' ');
    byBeginning.set(beginning, [...(byBeginning.get(beginning) ?? []), `${key} `]);
  }
  return (key) => {
    if (keys.has(key)) return true;
    const words = key.split(' ');
    return words.some((_, i) => {
      const found = byBeginning.get(words.slice(i, i + fewestInside).join(' '));
      if (!found) return false;
      const rest = `${words.slice(i).join(' ')} `;
      return found.some((one) => rest.startsWith(one));
    });
  };
}

/** Words as uncased BERT cuts them: letters alone, apart at every sign, lower case. */
export const wordsOf = (sentence: string): string[] =>
  textKey(sentence)
    .split(' ')
    .filter((word) => /^[\p{L}\p{M}]+$/u.test(word));
