/** Which words of a vocabulary, or classes of a task, are shown. It hangs on logits alone, so that T moves none of them. */
import { topIndices } from '../../softmax';

export const wordsShown = 8;
/** Where the screen is low. */
export const wordsFromAfar = 5;
/** As many classes are all shown, where they stand; of more the best, as of words. */
const classesShown = 12;
/** Of the words of a gradient, the teacher's; the rest are the student's. */
const ofTeacher = 5;

const all = (count: number) => Array.from({ length: count }, (_, index) => index);

/** The best by one model's logits [V]; of a task with few classes all. */
export const bestWords = (logits: ArrayLike<number>, isTask: boolean, words = wordsShown): number[] =>
  isTask && logits.length <= classesShown ? all(logits.length) : topIndices(logits, words);

/** Where a gradient pulls: the teacher's best, and besides those the student's best. */
export function pulledWords(
  teacher: ArrayLike<number>,
  student: ArrayLike<number>,
  isTask: boolean,
): number[] {
  if (isTask && teacher.length <= classesShown) return all(teacher.length);
  const best = topIndices(teacher, ofTeacher);
  const own = topIndices(student, wordsShown).filter((word) => !best.includes(word));
  return [...best, ...own.slice(0, wordsShown - best.length)];
}
