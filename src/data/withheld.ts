/**
 * Sentences that a bundled text shares with the held-out rows of a bundled task. Named here rather than looked for, since
 * the tasks' files load with a task, long after the texts; a test finds them anew in the files and compares.
 */
import { textKey } from './textKey';

const sentences = [
  'That tune has been in my head all day.',
  'The baby is asleep.',
  'The doctor listened to my heart.',
  'The glass fell off the table and broke.',
  'When does the next bus leave?',
];

const keys = new Set(sentences.map(textKey));
const longest = Math.max(...sentences.map(({ length }) => length));

/** True of a text that some task holds out, whatever its case and signs. */
export const isWithheld = (text: string): boolean => text.length <= longest + 8 && keys.has(textKey(text));
