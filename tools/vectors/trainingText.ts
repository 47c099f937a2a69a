/** What the word vectors may learn from: the bundled text without anything that is held out somewhere. */

import { sentencesOf } from '../../src/data/sentences';
import { splitTexts, storiesOf } from '../../src/data/stories';
import { textKey } from '../../src/data/textKey';

export interface TrainingText {
  /** Runs of words in order; a window of co-occurrence never reaches beyond one. */
  runs: string[][];
  /** Sentences that were left out, by reason. */
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
  const heldOut = keysOf(splits.flatMap((split) => split.heldOut));
  const ofTasks = keysOf(tasks.flatMap((file) => storiesOf(file).flatMap((row) => row.split('\t').slice(1))));

  const text: TrainingText = { runs: [], leftOut: { heldOutTexts: 0, taskSentences: 0 }, sentences: 0 };
  for (const line of splits.flatMap(({ train }) => train)) {
    let run: string[] = [];
    for (const sentence of sentencesOf(line)) {
      const key = textKey(sentence);
      const reason = ofTasks.has(key) ? 'taskSentences' : heldOut.has(key) ? 'heldOutTexts' : null;
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

/** Keys of all sentences of some texts, and of the texts as wholes. */
function keysOf(texts: readonly string[]): Set<string> {
  const keys = new Set(texts.flatMap((text) => [text, ...sentencesOf(text)]).map(textKey));
  keys.delete('');
  return keys;
}

/** Words as uncased BERT cuts them: letters alone, apart at every sign, lower case. */
export const wordsOf = (sentence: string): string[] =>
  textKey(sentence)
    .split(' ')
    .filter((word) => /^[\p{L}\p{M}]+$/u.test(word));
