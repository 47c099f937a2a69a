import { describe, expect, it } from 'vitest';
import { planFor } from '../../../src/cli/glue/jobs';
import { orderingsOf } from '../../../src/cli/glue/orderings';
import { withInterval, withMargin } from '../../../src/cli/glue/printTable';
import { tableOf } from '../../../src/cli/glue/table';
import { reportText, withReport } from '../../../src/cli/glue/writeResults';
import { english } from '../../../src/cli/words';
import { asked, resultsOf, rowsOf } from './samples';

const right = { teacher: 80, scratch: 40, tinybert: 60 } as const;
const points = (model: string, seed: number) => right[model as keyof typeof right] + 2 * seed;

describe('tableOf', () => {
  const { models } = asked();
  const plan = planFor(asked());
  const results = resultsOf(plan, ({ model, seed }) => points(model, seed));

  it('has a row for each model, task and seed, with what is kept of that seed’s teacher', () => {
    const { rows } = tableOf(plan.cells, results, models);
    expect(rows).toHaveLength(12);
    expect(
      rows.find(({ model, task, seed }) => model === 'tinybert' && task === 'topics' && seed === 2),
    ).toEqual({
      ...{ model: 'tinybert', task: 'topics', seed: 2, metric: 'accuracy', value: 0.64 },
      kept: (100 * 0.64) / 0.84,
    });
    for (const row of rows.filter(({ model }) => model === 'teacher')) expect(row.kept).toBeCloseTo(100);
  });

  it('takes the mean over tasks, then over seeds, and counts the general student’s time', () => {
    const { mean } = tableOf(plan.cells, results, models);
    expect(mean.map(({ model }) => model)).toEqual(models);
    const [teacher, scratch, tinybert] = mean;
    expect(teacher).toMatchObject({ n: 2, kept: 100, parameters: 1000, seconds: 5 });
    expect(scratch).toMatchObject({ parameters: 100, seconds: 5 });
    expect(scratch.mean).toBeCloseTo(0.43);
    expect(scratch.kept).toBeCloseTo((100 * 0.43) / 0.83);
    // Student's t for two values: 12.706 standard errors.
    expect(scratch.high! - scratch.mean!).toBeCloseTo(12.706 * 0.01, 4);
    expect(tinybert.seconds).toBe(45);
    expect(tinybert.tasks.feelings!.mean).toBeCloseTo(0.63);
  });

  it('measures *acceptable* by Matthews’ correlation, of which nothing may be left to keep', () => {
    const cola = planFor(asked({ tasks: ['acceptable'], seeds: [1] }));
    const found = resultsOf(cola, ({ model }) => (model === 'teacher' ? 50 : 70));
    const { rows } = tableOf(cola.cells, found, models);
    expect(rows.map(({ metric, value, kept }) => [metric, value, kept])).toEqual([
      ['matthews', 0, null],
      ['matthews', expect.closeTo(0.4), null],
      ['matthews', expect.closeTo(0.4), null],
    ]);
  });

  it('leaves seeds out of the mean that lack a task, and models that have nothing', () => {
    const lacking = new Map(results);
    const cellOf = (model: string, task: string, seed: number) =>
      plan.cells.find((cell) => cell.model === model && cell.task === task && cell.seed === seed)!;
    lacking.delete(cellOf('tinybert', 'topics', 2).key);
    for (const { key } of plan.cells.filter(({ model }) => model === 'scratch')) lacking.delete(key);
    const { rows, mean } = tableOf(plan.cells, lacking, models);
    expect(rows).toHaveLength(7);
    expect(mean.map(({ model }) => model)).toEqual(['teacher', 'tinybert']);
    expect(mean[1]).toMatchObject({ n: 1, mean: expect.closeTo(0.62), low: null, high: null });
    // By the teacher of the seeds that are left.
    expect(mean[1].kept).toBeCloseTo((100 * 0.62) / 0.82);
  });
});

describe('orderingsOf', () => {
  const find = (table: Parameters<typeof orderingsOf>[0]) =>
    orderingsOf(table).map(({ above, below, found, n }) => [above, below, found, n]);

  it('finds what the seeds leave no doubt of, says where the opposite was, and what can’t be told', () => {
    const table = rowsOf({
      teacher: [0.8, 0.81, 0.79],
      distilbert: [0.7, 0.72, 0.68],
      pkd: [0.6, 0.61, 0.6],
      tinybert: [0.7, 0.7, 0.7],
    });
    expect(find(table)).toEqual([
      ['teacher', 'distilbert', 'found', 3],
      ['teacher', 'tinybert', 'found', 3],
      ['tinybert', 'pkd', 'found', 3],
      ['tinybert', 'distilbert', 'cantTell', 3],
      ['pkd', 'distilbert', 'notFound', 3],
    ]);
  });

  it('can’t tell from one seed, and pairs those seeds alone that both have', () => {
    expect(find(rowsOf({ teacher: [0.9], tinybert: [0.1] }))).toEqual([
      ['teacher', 'tinybert', 'cantTell', 1],
    ]);
    expect(find(rowsOf({ teacher: [0.9, 0.91], tinybert: [0.1] }))).toEqual([
      ['teacher', 'tinybert', 'cantTell', 1],
    ]);
    expect(find(rowsOf({ scratch: [0.9, 0.91] }))).toEqual([]);
  });

  it('takes the mean over tasks first', () => {
    const one = rowsOf({ tinybert: [0.5, 0.6, 0.55], scratch: [0.5, 0.61, 0.54] });
    const other = rowsOf({ tinybert: [0.7, 0.7, 0.7], scratch: [0.4, 0.4, 0.41] });
    const rows = [...one.rows, ...other.rows.map((row) => ({ ...row, task: 'topics' as const }))];
    const [{ difference, found }] = orderingsOf({ tasks: ['feelings', 'topics'], rows });
    expect(difference).toBeCloseTo((0.3 + 0.29 + 0.3) / 6, 5);
    expect(found).toBe('found');
  });
});

describe('what is written', () => {
  it('gives figures with what chance leaves open', async () => {
    expect(withMargin({ mean: 0.5, high: 0.523 })).toBe('50.0 ± 2.3');
    expect(withMargin({ mean: 0.5, high: null })).toBe('50.0');
    const [ordering] = orderingsOf(rowsOf({ teacher: [0.8, 0.81, 0.79], tinybert: [0.7, 0.7, 0.7] }));
    expect(withInterval(ordering, await english())).toMatch(/^\+10\.0 \(\+7\.5 to \+12\.5\)$/);
  });

  it('has the tables beside the papers’, with where they come from', async () => {
    const models = ['teacher', 'pkd', 'distilbert', 'tinybert', 'tinybert-no-trm'] as const;
    const plan = planFor(asked({ models }));
    const results = resultsOf(plan, ({ seed, model }) => (model === 'teacher' ? 80 : 60) + 2 * seed);
    const table = tableOf(plan.cells, results, models);
    const run = { teacher: 'stories-4x32', seeds: [1, 2], commits: ['abc1234'], command: 'npm run glue' };
    const text = reportText(
      { table, orderings: orderingsOf(table), ...run },
      new Date('2026-01-02T03:04:05Z'),
      await english(),
    );
    expect(text).toContain('**Commit**: abc1234, 2026-01-02');
    expect(text).toContain('**Command**: `npm run glue`');
    const line = (start: string) => text.split('\n').find((one) => one.startsWith(`| ${start} `))!;
    const half = (12.706).toFixed(1);
    expect(line('TinyBERT |')).toBe(
      `| TinyBERT | 100 | 45 | 63.0 ± ${half} | 63.0 ± ${half} | 63.0 ± ${half} | 75.9 | 77.0 | 96.9 |`,
    );
    expect(line('DistilBERT |')).toContain('| 77.0, 71.9 | 96.9, 90.4 |');
    expect(line('TinyBERT without L_attn and L_hidn |')).toBe(
      `| TinyBERT without L_attn and L_hidn | 63.0 ± ${half} | 0.0 | 56.3 | -19.3 |`,
    );
    expect(line('teacher above DistilBERT |')).toContain('DistilBERT, table 1');
    // Tables of which no model was trained stay away.
    expect(text).not.toContain('top mapping');
    expect(text).not.toMatch(/undefined|NaN|glue\./);
  });

  it('goes between the markers, and nowhere else', () => {
    const markers = ['<!-- results: begin (written by npm run glue -- --write) -->', '<!-- results: end -->'];
    const document = `# Results\n\n${markers.join('\nold\n')}\n\nafter\n`;
    const written = withReport(document, 'new\n');
    expect(written).toBe(`# Results\n\n${markers.join('\n\nnew\n\n')}\n\nafter\n`);
    expect(withReport(written, 'new\n')).toBe(written);
    expect(() => withReport('# Results', 'new')).toThrow('markers');
  });
});
