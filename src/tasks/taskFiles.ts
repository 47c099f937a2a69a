/** The bundled tasks, from their files. */
import { type BundledTaskId, bundledTasks } from '../config/tasks';
import { storiesOf } from '../data/stories';
import { acceptableData } from './acceptable/acceptable';
import type { LabelledData, LabelledRow } from './rows';
import { splitRows } from './split';

/** The file of a task beside `teachers/`: of *acceptable* the stories, which it is made from. */
export const taskFile = (id: BundledTaskId): string =>
  id === 'acceptable' ? 'corpora/stories.txt' : `corpora/${id}.tsv`;

/**
 * @param file the text of `taskFile(id)`
 * @throws Error where a line is not label, tab, text, and a second text where the task has pairs
 */
export function readTask(id: BundledTaskId, file: string): LabelledData {
  const facts = bundledTasks[id];
  const labels: string[] = [...facts.labels];
  if (id === 'acceptable') return { labels, ...acceptableData(storiesOf(file)) };
  const rows = storiesOf(file).map((line, i): LabelledRow => {
    const [name, ...texts] = line.split('\t');
    const label = labels.indexOf(name);
    if (label < 0 || texts.length !== facts.texts || texts.includes('')) {
      throw new Error(`Line ${i + 1} of the task ${id} is not as it should be`);
    }
    const [a, b] = texts;
    return b === undefined ? { label, a } : { label, a, b };
  });
  return { labels, ...splitRows(rows, labels.length) };
}
