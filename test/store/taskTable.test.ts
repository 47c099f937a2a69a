import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../src/config/experiment';
import { bundledTaskIds } from '../../src/config/tasks';
import { matthews } from '../../src/statistics/classification';
import { resultOf } from '../../src/store/taskResult';
import {
  asCell,
  columnKey,
  mostSeeds,
  nextCell,
  recipeKey,
  seedOf,
  type TaskSource,
  tableOf,
  taskOf,
} from '../../src/store/taskTable';
import { csvOf } from '../../src/ui/figures/csv';
import { taskStages } from '../support/taskStages';
import { endedRun, heldOut, sampleResult } from './sampleResult';

const task = (id: (typeof bundledTaskIds)[number]): TaskSource => ({ kind: 'task', id });
const feelings = task('feelings');
const topics = task('topics');
const own: TaskSource = { kind: 'rows', id: '0123456789abcdef', name: 'mail.tsv', labels: 2 };

describe('the result of a run', () => {
  const counts = { teacher: 18, tinybert: 16, labels: 12 };

  it('is by the task’s metric, and is none before the end, of a sample, or of a run on text', () => {
    const run = endedRun(asCell(taskStages, task('acceptable'), 1), counts);
    expect(resultOf(run, 5)).toMatchObject({
      metric: 'matthews',
      moved: false,
      rows: 20,
      savedAt: 5,
      teacher: { value: matthews(heldOut(18).confusion!), parameters: 1000 },
      arms: { tinybert: { value: matthews(heldOut(16).confusion!), parameters: 400 } },
    });
    expect(resultOf({ ...run, point: { ...run.point, extent: 'sample' } }, 5)).toBeNull();
    expect(resultOf({ ...run, point: { ...run.point, step: 3 } }, 5)).toBeNull();
    const { later: _, ...alone } = taskStages;
    const onText = endedRun(alone, counts);
    expect(resultOf({ ...onText, point: { ...onText.point, step: alone.training.steps } }, 5)).toBeNull();
  });

  it('takes F1 for own rows whose labels are uneven, and accuracy where there is no confusion', () => {
    const run = endedRun(asCell(taskStages, own, 1), counts);
    expect(resultOf(run, 5)?.metric).toBe('accuracy');
    const uneven = {
      ...run.point.arms.tinybert,
      confusion: [
        [16, 0],
        [2, 2],
      ],
    };
    const result = resultOf({ ...run, point: { ...run.point, arms: { tinybert: uneven } } }, 5);
    // F1 of the labels: 32 / 34 and 4 / 6.
    expect(result?.metric).toBe('f1');
    expect(result?.arms.tinybert.value).toBeCloseTo((32 / 34 + 4 / 6) / 2, 12);
    const { confusion: _, ...without } = uneven;
    const plain = resultOf({ ...run, point: { ...run.point, arms: { tinybert: without } } }, 5);
    expect([plain?.metric, plain?.arms.tinybert.value]).toEqual(['accuracy', 0.8]);
  });

  it('has the teacher only where one was tuned on the task', () => {
    const { tuning: _, ...untaught } = taskStages.later![1];
    const experiment = { ...taskStages, later: [taskStages.later![0], untaught] };
    expect(resultOf(endedRun(experiment, counts), 5)?.teacher).toBeNull();
  });

  it('is the same for equal experiments, and another where a number was moved under way', () => {
    const experiment = asCell(taskStages, own, 1);
    const run = endedRun(experiment, counts);
    const { id } = resultOf(run, 5)!;
    const renamed = asCell(taskStages, { ...own, name: 'other.tsv' }, 1);
    const reordered = Object.fromEntries(Object.entries(renamed).reverse()) as Experiment;
    expect(resultOf(endedRun(reordered, counts), 9)?.id).toBe(id);
    const change = { path: 'later.0.training.learningRate', before: 1, value: 2 };
    // Before the stage began it was always so.
    expect(resultOf({ ...run, changes: [{ ...change, step: 3 }] }, 5)).toMatchObject({ id, moved: false });
    const moved = resultOf({ ...run, changes: [{ ...change, step: 4 }] }, 5)!;
    expect(moved.moved).toBe(true);
    expect(moved.id).not.toBe(id);
  });
});

describe('the table', () => {
  it('has means over seeds with an interval where there are several, and one row for each arm of a recipe', () => {
    const table = tableOf([
      sampleResult(feelings, 1, { teacher: 20, tinybert: 16, labels: 10 }),
      sampleResult(feelings, 2, { teacher: 18, tinybert: 14, labels: 10 }),
    ]);
    expect(table.columns.map(({ key }) => key)).toEqual(bundledTaskIds.map((id) => `task ${id}`));
    expect(table.groups).toHaveLength(1);
    const [tinybert, labels] = table.groups[0].rows;
    expect([tinybert.arm, labels.arm]).toEqual(['tinybert', 'labels']);
    const cell = tinybert.cells[columnKey(feelings)];
    expect(cell.mean).toBeCloseTo(0.75, 12);
    // t of one degree of freedom is 12.706; s / sqrt(2) is 0.05.
    expect(cell.high! - cell.mean!).toBeCloseTo(12.7062 * 0.05, 4);
    expect(cell.n).toBe(2);
    expect(tinybert.cells[columnKey(topics)]).toBeUndefined();
    expect(tinybert.kept).toBeCloseTo((100 * 0.75) / 0.95, 10);
    expect(table.teachers.map(({ row }) => [row.mean.mean, row.kept])).toEqual([[0.95, 100]]);
  });

  it('takes means over the tasks that all rows have, and the seeds that have them all', () => {
    const other: Experiment = { ...taskStages, training: { ...taskStages.training, steps: 5 } };
    const results = [
      sampleResult(feelings, 2, { teacher: 20, tinybert: 20, labels: 20 }),
      sampleResult(topics, 1, { teacher: 10, tinybert: 8, labels: 4 }),
      sampleResult(feelings, 1, { teacher: 20, tinybert: 16, labels: 10 }),
    ];
    const alone = tableOf(results);
    expect(alone.shared).toEqual([columnKey(feelings), columnKey(topics)]);
    const [{ mean, kept }] = alone.groups[0].rows;
    expect([mean.mean, mean.n, mean.high]).toEqual([(0.8 + 0.4) / 2, 1, null]);
    expect(kept).toBeCloseTo(80, 10);

    const beside = tableOf([...results, sampleResult(topics, 1, { tinybert: 6, labels: 6 }, other)]);
    expect(beside.shared).toEqual([columnKey(topics)]);
    expect(beside.groups.map(({ rows }) => rows[0].mean.mean)).toEqual([0.4, 0.3]);

    const apart = tableOf([results[0], sampleResult(topics, 1, { tinybert: 6, labels: 6 }, other)]);
    expect(apart.shared).toEqual([]);
    expect(apart.groups.map(({ rows: [row] }) => [row.mean.mean, row.kept])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it('gives a run whose numbers were moved, and own rows, places of their own', () => {
    const run = endedRun(asCell(taskStages, own, 1), { teacher: 20, tinybert: 10, labels: 10 });
    const moved = resultOf(
      { ...run, changes: [{ step: 2, path: 'training.learningRate', before: 1, value: 2 }] },
      9,
    )!;
    const table = tableOf([moved, sampleResult(own, 1, { teacher: 20, tinybert: 16, labels: 10 })]);
    expect(table.groups.map(({ moved }) => moved)).toEqual([true, false]);
    expect(table.columns.at(-1)).toMatchObject({ key: columnKey(own), metric: 'accuracy' });
  });

  it('of nothing is empty', () => {
    expect(tableOf([])).toMatchObject({ shared: [], teachers: [], groups: [] });
  });
});

describe('the next cell', () => {
  const other: Experiment = { ...taskStages, training: { ...taskStages.training, steps: 5 } };
  const tasks = [feelings, topics];
  const counts = { tinybert: 16, labels: 10 };

  it('is every task of every recipe under one seed, then under the next, until all seeds are there', () => {
    const results = [];
    const order = [];
    for (;;) {
      const cell = nextCell([taskStages, other], tasks, results);
      if (!cell) break;
      order.push([recipeKey(cell) === recipeKey(other), taskOf(cell).id, seedOf(cell)]);
      results.push(sampleResult(taskOf(cell), seedOf(cell), counts, cell));
    }
    expect(order.slice(0, 5)).toEqual([
      [false, 'feelings', 1],
      [false, 'topics', 1],
      [true, 'feelings', 1],
      [true, 'topics', 1],
      [false, 'feelings', 2],
    ]);
    expect(order).toHaveLength(2 * 2 * mostSeeds);
  });

  it('is not filled by a run whose numbers were moved', () => {
    const result = sampleResult(feelings, 1, counts);
    expect(taskOf(nextCell([taskStages], tasks, [result])!).id).toBe('topics');
    expect(taskOf(nextCell([taskStages], tasks, [{ ...result, moved: true }])!).id).toBe('feelings');
  });

  it('has the seed in every stage, and the task wherever there is one', () => {
    const cell = asCell(taskStages, topics, 3);
    expect(cell.text).toEqual(taskStages.text);
    expect(cell.later?.map(({ text, training }) => [text.id, training.seed])).toEqual([
      ['topics', 3],
      ['topics', 3],
    ]);
    expect(cell.training.seed).toBe(3);
  });
});

it('a file quotes what needs it, and hands no spreadsheet a formula', () => {
  expect(csvOf([['a, "b"', 0.5, null], ['=1+1']])).toBe('"a, ""b""",0.5,\r\n\'=1+1\r\n');
});
