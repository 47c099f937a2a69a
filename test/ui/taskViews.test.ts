import { describe, expect, it, test } from 'vitest';
import { teacherModel } from '../../src/config/modelIds';
import type { HeldOutGuesses } from '../../src/config/results';
import type { Exchange } from '../../src/config/variants';
import { emptyHistory } from '../../src/protocol/history';
import type { EvaluationPoint } from '../../src/protocol/messages';
import { newestOf } from '../../src/store/initialState';
import { type Filter, filtersOf, matrixOf, movedTo, rowsWanted } from '../../src/ui/panels/task/heldOutRows';
import { joined, parted } from '../../src/ui/panels/task/texts';
import { partsOfVariant } from '../../src/ui/panels/task/variantParts';

const said = (...labels: number[]) => labels.map((label, i) => ({ label, probability: 0.5 + 0.1 * i }));

/** Labels 0 0 1 1; the student is right on rows 0 and 3, the teacher on 0 and 2. */
const guesses: HeldOutGuesses = {
  labels: ['no', 'yes'],
  rows: [0, 0, 1, 1].map((label, i) => ({ label, a: `row ${i}` })),
  guesses: { [teacherModel]: said(0, 1, 1, 0), student: said(0, 1, 0, 1) },
};

describe('held-out rows', () => {
  it('are counted by label and by what the model says', () => {
    expect(matrixOf(guesses, 'student')).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(matrixOf(guesses, teacherModel)).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  it.each<[Filter, number[]]>([
    ['all', [3, 2, 1, 0]],
    ['right', [3, 0]],
    ['wrong', [2, 1]],
    ['disagree', [3, 2]],
    ['studentRight', [3]],
    ['teacherRight', [2]],
    ['bothWrong', [1]],
  ])('%s: those first of which the model is surest', (filter, rows) => {
    expect(rowsWanted(guesses, { model: 'student', filter, cell: null })).toEqual(rows);
  });

  it('of a cell are those of its label and answer, within the filter', () => {
    const cell = { label: 0, said: 1 };
    expect(rowsWanted(guesses, { model: 'student', filter: 'all', cell })).toEqual([1]);
    expect(rowsWanted(guesses, { model: 'student', filter: 'disagree', cell })).toEqual([]);
  });

  it('are compared with a teacher only where there is one, and not with itself', () => {
    const alone = { guesses: { student: guesses.guesses.student } };
    expect(filtersOf('student', guesses)).toContain('disagree');
    for (const of of [filtersOf(teacherModel, guesses), filtersOf('student', alone)]) {
      expect(of).toEqual(['all', 'wrong', 'right']);
    }
  });

  test('the arrow keys, Home and End move within the matrix', () => {
    const at = { label: 0, said: 1 };
    expect(movedTo(at, 'ArrowUp', 3)).toEqual(at);
    expect(movedTo(at, 'ArrowDown', 3)).toEqual({ label: 1, said: 1 });
    expect(movedTo(at, 'ArrowRight', 3)).toEqual({ label: 0, said: 2 });
    expect(movedTo(at, 'Home', 3)).toEqual({ label: 0, said: 0 });
    expect(movedTo(at, 'End', 3)).toEqual({ label: 0, said: 2 });
    expect(movedTo(at, 'Enter', 3)).toBeNull();
  });
});

test('a pair is one sentence with a line break, and a text is one line whatever was before', () => {
  expect(parted('One.\nTwo.', true)).toEqual(['One.', 'Two.']);
  expect(parted('One.', true)).toEqual(['One.', '']);
  expect(parted('One.\nTwo.', false)).toEqual(['One. Two.', '']);
  expect(parted(joined('', 'B'), true)).toEqual(['', 'B']);
});

test('a variant is cut at what was exchanged, and its parts are the text', () => {
  const exchange = (to: string, start: number): Exchange => ({
    place: 0,
    from: 'x',
    to,
    start,
    source: 'teacher',
    score: 1,
  });
  const text = 'The cat ran home';
  const parts = partsOfVariant(text, [exchange('home', 12), exchange('cat', 4)]);
  expect(parts.map(({ text }) => text).join('')).toBe(text);
  expect(parts.filter(({ exchange }) => exchange).map(({ text }) => text)).toEqual(['cat', 'home']);
  expect(partsOfVariant(text, [])).toEqual([{ text, exchange: null }]);
});

test('the newest figures are of the stage that runs', () => {
  const point = (step: number, extent: EvaluationPoint['extent'], stage?: number): EvaluationPoint => ({
    step,
    extent,
    ...(stage && { stage }),
    sequences: 1,
    maskedWords: 1,
    teacher: null,
    arms: {},
  });
  const first = [point(0, 'sample'), point(10, 'full')];
  const history = { ...emptyHistory(), evaluations: [...first, point(10, 'sample', 1)] };
  expect(newestOf(history)).toEqual({ latestFull: first[1], latestSample: first[0] });
  expect(newestOf(history, 1)).toEqual({ latestFull: null, latestSample: history.evaluations[2] });
  expect(newestOf(history, 2)).toEqual({ latestFull: null, latestSample: null });
});
