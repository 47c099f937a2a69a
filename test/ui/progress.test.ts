import { describe, expect, it } from 'vitest';
import { teacherModel } from '../../src/config/modelIds';
import type { EvaluationPoint } from '../../src/protocol/messages';
import {
  markedPoints,
  measureOf,
  measuresOf,
  progressExtent,
  progressRows,
} from '../../src/ui/panels/losses/progress';

const quality = (accuracy: number, klToTeacher: number | null) => ({
  loss: 3,
  accuracy,
  agreement: null,
  klToTeacher,
});
const evaluation = (
  step: number,
  accuracy: number,
  extent: EvaluationPoint['extent'] = 'sample',
): EvaluationPoint => ({
  step,
  extent,
  sequences: 64,
  maskedWords: 250,
  teacher: quality(0.4, null),
  arms: {
    a: {
      ...quality(accuracy, 1 - accuracy),
      losses: { total: 1, terms: {}, gradientNorm: null },
      attention: null,
    },
  },
});

it('takes KL at T = 1 where there is a teacher, the loss where there is none, and words right in per cent', () => {
  expect([measuresOf(true), measuresOf(false)]).toEqual([
    ['kl', 'right'],
    ['loss', 'right'],
  ]);
  const of = quality(0.31, 0.6);
  expect([measureOf(of, 'kl'), measureOf(of, 'loss'), measureOf(of, 'right')]).toEqual([0.6, 3, 31]);
  expect(measureOf(quality(Number.NaN, null), 'right')).toBeNull();
  expect(measureOf(quality(0.3, null), 'kl')).toBeNull();
});

describe('progressRows', () => {
  it('has a row for each evaluated step, with the level of the teacher where it has one', () => {
    const evaluations = [evaluation(0, 0.1), evaluation(50, 0.3), evaluation(50, 0.9, 'full')];
    expect(progressRows(evaluations, ['a'], 'right')).toEqual([
      { x: 0, words: 250, a: 10, [teacherModel]: 40 },
      { x: 50, words: 250, a: 30, [teacherModel]: 40 },
    ]);
    expect(progressRows(evaluations, ['a', 'gone'], 'kl')[1]).toEqual({
      x: 50,
      words: 250,
      a: 0.7,
      gone: null,
      [teacherModel]: null,
    });
  });

  it('is bounded however often it was evaluated, and ends at the newest', () => {
    const evaluations = Array.from({ length: 1000 }, (_, i) => evaluation(i, 0.3));
    const rows = progressRows(evaluations, ['a'], 'right');
    expect(rows.length).toBeLessThanOrEqual(100);
    expect(rows.at(-1)?.x).toBe(999);
    const marked = markedPoints(rows, evaluations, 'a', 'right');
    expect(marked.length).toBeLessThanOrEqual(16);
    expect(marked.at(-1)?.x).toBe(999);
  });

  it('joins no figure of all the text with those of the sample, and marks the newest by itself', () => {
    const evaluations = [evaluation(0, 0.1), evaluation(50, 0.3), evaluation(60, 0.2, 'full')];
    const rows = progressRows(evaluations, ['a'], 'right');
    expect(rows.map(({ x }) => x)).toEqual([0, 50]);
    expect(markedPoints(rows, evaluations, 'a', 'right')).toEqual([
      { x: 0, y: 10 },
      { x: 50, y: 30 },
      { x: 60, y: 20 },
    ]);
    const only = evaluations.slice(2);
    expect(progressRows(only, ['a'], 'right').map(({ x }) => x)).toEqual([60]);
    expect(markedPoints(progressRows(only, ['a'], 'right'), only, 'a', 'right')).toHaveLength(1);
  });

  it('reaches from 0 to the largest value, and nowhere without one', () => {
    const rows = progressRows([evaluation(0, 0.1), evaluation(50, 0.3)], ['a'], 'right');
    expect(progressExtent(rows, ['a'], [])).toEqual([0, 30]);
    expect(progressExtent(rows, ['a', teacherModel], [{ y: 12 }])).toEqual([0, 40]);
    expect(progressExtent([], ['a'], [])).toBeNull();
  });
});
