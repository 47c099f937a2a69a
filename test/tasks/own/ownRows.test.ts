import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { ProblemError } from '../../../src/config/problems';
import type { RowsCorrections, RowsPreview } from '../../../src/config/rowsPreview';
import { finish, Work } from '../../../src/data/work';
import { OwnRows, readingOwnRows } from '../../../src/tasks/own/ownRows';

const bytes = (text: string) => new TextEncoder().encode(text);
const open = (text: string) => finish(OwnRows.opening(bytes(text)));
const preview = (text: string, corrections?: RowsCorrections): RowsPreview =>
  finish(open(text).previewing(corrections));
const columnsOf = (text: string) => preview(text).columns;

const lines = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');
const words = (i: number) => `this is the sentence of row ${i}`;
const label = (i: number) => ['good', 'bad', 'fair'][i % 3];

describe('columns are found', () => {
  it.each([
    [
      'SST-2',
      'sentence\tlabel\n',
      (i: number) => `${words(i)} \t${i % 2}`,
      { header: true, label: 1, a: 0, b: null },
    ],
    [
      'CoLA',
      '',
      (i: number) => `gj${i % 5}\t${i % 2}\t${i % 2 ? '' : '*'}\t${words(i)}.`,
      { header: false, label: 1, a: 3, b: null },
    ],
    [
      'MRPC',
      'Quality\t#1 ID\t#2 ID\t#1 String\t#2 String\n',
      (i: number) => `${i % 2}\t${i}\t${i + 900}\t${words(i)}\t${words(i + 500)}`,
      { header: true, label: 0, a: 3, b: 4 },
    ],
    [
      'QNLI',
      'index\tquestion\tsentence\tlabel\n',
      (i: number) => `${i}\tis ${words(i)}?\t${words(i)}\t${i % 2 ? 'entailment' : 'not_entailment'}`,
      { header: true, label: 3, a: 1, b: 2 },
    ],
    [
      'SNLI',
      'gold_label,premise,hypothesis\n',
      (i: number) => `${label(i)},"${words(i)}, yes","so ${words(i)}"`,
      { header: true, label: 0, a: 1, b: 2 },
    ],
    [
      'BoolQ',
      '',
      (i: number) =>
        JSON.stringify({ question: `is ${words(i)}`, passage: words(i).repeat(3), answer: i % 2 === 0 }),
      { header: false, label: 2, a: 0, b: 1 },
    ],
    [
      'emotion',
      '',
      (i: number) => JSON.stringify({ text: words(i), label: i % 3, label_text: label(i) }),
      { header: false, label: 2, a: 0, b: null },
    ],
    [
      'pandas',
      ',text,label\n',
      (i: number) => `${i},"${words(i)}, yes",${label(i)}`,
      { header: true, label: 2, a: 1, b: null },
    ],
    ['no names', '', (i: number) => `${label(i)}\t${words(i)}`, { header: false, label: 0, a: 1, b: null }],
    [
      'unknown names',
      'Urteil;Satz\n',
      (i: number) => `${label(i)};${words(i)}`,
      { header: true, label: 0, a: 1, b: null },
    ],
    [
      'labels that are names',
      '',
      (i: number) => `${i % 2 ? 'question' : 'answer'}\t${words(i)}`,
      { header: false, label: 0, a: 1, b: null },
    ],
    [
      'names of texts alone',
      'sentence1\tsentence2\n',
      (i: number) => `${words(i)}\t${label(i)}`,
      { header: true, label: 1, a: 0, b: null },
    ],
  ] as const)('%s', (_, header, line, columns) => {
    expect(columnsOf(header + lines(60, line))).toEqual(columns);
  });

  it('and may be corrected', () => {
    const text = `first,second,third\n${lines(60, (i) => `${i % 2},${words(i)},${label(i)}`)}`;
    const own = open(text);
    expect(finish(own.previewing()).columns).toEqual({ header: true, label: 0, a: 1, b: null });
    const corrected = { header: true, label: 2, a: 1, b: null };
    expect(finish(own.previewing({ columns: corrected })).labels.map(({ name }) => name)).toEqual([
      'bad',
      'fair',
      'good',
    ]);
    // Two uses of one column, or columns of another layout, are guessed anew.
    expect(finish(own.previewing({ columns: { ...corrected, a: 2 } })).columns.label).toBe(0);
    expect(finish(own.previewing({ columns: { ...corrected, label: 3 } })).columns.label).toBe(0);
    const asLabels = finish(own.previewing({ columns: { header: false, label: 2, a: 1, b: null } }));
    expect(asLabels.rows).toBe(61);
    expect(asLabels.leftOut.lonelyLabel).toBe(1);
  });
});

test('a preview says what there is', () => {
  const shown = preview(
    `label\ttext\n${lines(60, (i) => `${label(i)}\t${i === 4 ? 'x'.repeat(500) : words(i)}`)}`,
  );
  expect(shown).toMatchObject({
    layout: { format: 'tab', quotes: true },
    columnFacts: [
      { name: 'label', distinct: 3 },
      { name: 'text', distinct: 60 },
    ],
    rows: 60,
    labels: [
      { name: 'bad', rows: 20 },
      { name: 'fair', rows: 20 },
      { name: 'good', rows: 20 },
    ],
    metric: 'accuracy',
    problem: null,
  });
  expect(shown.firstRows).toHaveLength(8);
  expect(shown.firstRows[0]).toEqual(['good', words(0)]);
  expect(shown.firstRows[4][1]).toHaveLength(201);
  expect(shown.train + shown.heldOut).toBe(60);
  expect(shown.heldOut).toBeGreaterThan(5);
  expect(structuredClone(shown)).toEqual(shown);
});

test('all that is left out is counted once', () => {
  const odd = [
    'good\t  ',
    '\tno label at all',
    '-\tthe judges did not agree',
    `good\t${words(0).toUpperCase()}`,
    `good\tA  text  twice`,
    `good\ta text twice`,
    `good\tone text, two labels`,
    `bad\tOne text, two labels`,
    `bad\tone text, two labels`,
    'alone\ta label of its own',
    'good\ttoo\tmany',
    'too few',
  ];
  const { leftOut, rows, labels } = preview(
    `${lines(60, (i) => `${label(i)}\t${words(i)}`)}\n${odd.join('\n')}`,
  );
  expect(leftOut).toEqual({
    ragged: 2,
    notJson: 0,
    emptyText: 1,
    noLabel: 2,
    duplicate: 2,
    contradictory: 3,
    lonelyLabel: 1,
  });
  expect(rows).toBe(72);
  const left = Object.values(leftOut).reduce((sum, count) => sum + count, 0);
  expect(labels.reduce((sum, one) => sum + one.rows, 0)).toBe(rows - left);
});

describe('what makes no task is said, beside what can be corrected', () => {
  it('of too many labels the first are listed, and all of them counted', () => {
    const { labels, unlisted } = preview(lines(200, (i) => `l${i % 65}\t${words(i)}`));
    expect([labels.length, unlisted]).toEqual([64, 1]);
  });

  it.each([
    ['rowsOneLabel', lines(60, (i) => `good\t${words(i)}`), { label: 'good' }],
    ['rowsManyLabels', lines(200, (i) => `l${i % 65}\t${words(i)}`), { labels: 65, most: 64 }],
    [
      'rowsTooFew',
      `${lines(19, (i) => `${i % 2}\t${words(i)}`)}\n1\t${words(3)}`,
      { rows: 19, leftOut: 1, least: 20 },
    ],
    ['rowsNoLabel', `label\ttext\n${lines(60, (i) => `-\t${words(i)}`)}`, undefined],
    [
      'rowsNoneHeldOut',
      `label\tpremise\thypothesis\n${lines(60, (i) => `${i % 2}\tone and the same\t${words(i)}`)}`,
      { rows: 60 },
    ],
  ])('%s', (code, text, values) => {
    const shown = preview(text);
    expect(shown.problem).toEqual(values ? { code, values } : expect.objectContaining({ code }));
    expect(shown.firstRows.length).toBeGreaterThan(0);
    expect(() => finish(readingOwnRows(bytes(text)))).toThrow(ProblemError);
  });

  it('two and 64 labels, 20 rows are enough', () => {
    expect(preview(lines(20, (i) => `${i % 2}\t${words(i)}`)).problem).toBeNull();
    expect(preview(lines(200, (i) => `l${i % 64}\t${words(i)}`)).problem).toBeNull();
  });

  it('uneven classes are measured by F1', () => {
    expect(preview(lines(60, (i) => `${i % 4 ? 'common' : 'rare'}\t${words(i)}`)).metric).toBe('f1');
  });
});

test('rows are taken as they were shown, labels of numbers by size', () => {
  const text = lines(60, (i) => `${[10, 9, -1][i % 3]}\t${words(i)}\tthe other ${words(i + 100)}`);
  const own = open(text);
  const shown = finish(own.previewing());
  const { labels, train, heldOut } = finish(own.taking());
  expect(labels).toEqual(['-1', '9', '10']);
  expect([train.length, heldOut.length]).toEqual([shown.train, shown.heldOut]);
  for (const { label: index, a, b } of [...train, ...heldOut]) {
    const i = Number(a.split(' ').at(-1));
    expect(labels[index]).toBe(String([10, 9, -1][i % 3]));
    expect(b).toBe(`the other ${words(i + 100)}`);
  }
  const { layout, columns } = shown;
  expect(finish(readingOwnRows(bytes(text), { layout, columns }))).toEqual({ labels, train, heldOut });
});

test('any file gives a preview or a problem', () => {
  const junk = fc.string({
    unit: fc.constantFrom('a', 'b', '"', ',', '\t', '\n', '{', '}', ':', '1', ' ', '|', '[', 'é'),
    maxLength: 400,
  });
  fc.assert(
    fc.property(junk, fc.nat(30), (text, repeats) => {
      try {
        const { rows, leftOut, labels } = preview(
          `${text}\n${lines(repeats, (i) => `${i % 3}\t${words(i)}`)}`,
        );
        const left = Object.values(leftOut).reduce((sum, count) => sum + count, 0);
        expect(labels.reduce((sum, one) => sum + one.rows, 0)).toBe(rows - left);
      } catch (error) {
        expect(error).toBeInstanceOf(ProblemError);
      }
    }),
    { numRuns: 300 },
  );
});

test('100,000 rows give the thread free', async () => {
  const text = lines(100_000, (i) => `${label(i)},"${words(i)}, with ""quotes"""`);
  let breaths = 0;
  const work = new Work({
    breathe: async () => {
      breaths += 1;
    },
  });
  const data = await work.run(readingOwnRows(bytes(text)));
  expect(data.train.length + data.heldOut.length).toBe(100_000);
  expect(data.heldOut.length / 100_000).toBeCloseTo(0.2, 2);
  expect(breaths).toBeGreaterThan(10);
}, 60_000);
