import { describe, expect, it } from 'vitest';
import { bestWords, pulledWords, wordsShown } from '../../src/ui/panels/microscope/words';

/** Logits whose largest are these words, in this order, of `count`. */
const preferring = (words: readonly number[], count = 40) => {
  const logits = new Float32Array(count);
  words.forEach((word, place) => {
    logits[word] = 10 - place;
  });
  return logits;
};

describe('the words that are shown', () => {
  it('are one model’s best, in order', () => {
    expect(bestWords(preferring([7, 3, 30, 1, 9, 12, 39, 0, 5]), false)).toEqual([7, 3, 30, 1, 9, 12, 39, 0]);
    expect(bestWords(preferring([7, 3, 30, 1, 9, 12]), false, 5)).toEqual([7, 3, 30, 1, 9]);
  });

  it('are all classes of a task where they stand, and the best where there are many', () => {
    expect(bestWords([0, 3, 1], true)).toEqual([0, 1, 2]);
    expect(bestWords(preferring([7, 3]), true).slice(0, 2)).toEqual([7, 3]);
  });
});

describe('the words that a gradient pulls', () => {
  it('are the teacher’s best five, and besides those the student’s best', () => {
    const teacher = preferring([1, 2, 3, 4, 5, 6, 7, 8]);
    const student = preferring([2, 20, 1, 21, 22, 23]);
    expect(pulledWords(teacher, student, false)).toEqual([1, 2, 3, 4, 5, 20, 21, 22]);
  });

  it('are as many where both agree, and all classes of a task', () => {
    const same = preferring([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(pulledWords(same, same, false)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(pulledWords(same, same, false)).toHaveLength(wordsShown);
    expect(pulledWords([1, 0], [0, 1], true)).toEqual([0, 1]);
  });
});
