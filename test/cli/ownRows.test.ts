import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseOptions } from '../../src/cli/options';
import { StageReader } from '../../src/cli/stageData';
import type { Experiment } from '../../src/config/experiment';
import { ProblemError } from '../../src/config/problems';
import { stageAt } from '../../src/config/stages';
import { written } from '../../src/config/upgrade';
import { taskStages } from '../support/taskStages';

const folder = mkdtempSync(join(tmpdir(), 'rows-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (name: string, content: string) => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};
const experimentFile = (experiment: Experiment) =>
  fileOf('experiment.json', JSON.stringify(written(experiment)));
const mails = fileOf(
  'mails.csv',
  `label,text\n${Array.from({ length: 60 }, (_, i) => `${i % 2 ? 'spam' : 'ham'},"mail ${i}, a ${i} time"`).join('\n')}`,
);
const parse = (...options: string[]) =>
  parseOptions(['--experiment', experimentFile(taskStages), ...options]) as Exclude<
    ReturnType<typeof parseOptions>,
    'help' | { list: true }
  >;
const problemOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error instanceof ProblemError ? error.problem : String(error);
  }
  return null;
};

describe('--rows', () => {
  it('puts a person’s rows in the place of every task', async () => {
    const { experiment, rows } = parse('--rows', mails);
    const source = {
      kind: 'rows',
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      name: 'mails.csv',
      labels: 2,
    };
    expect(experiment.text).toEqual(taskStages.text);
    expect(experiment.later!.map(({ text }) => text)).toEqual([source, source]);
    expect(rows!.labels).toEqual(['ham', 'spam']);
    const stage = stageAt(experiment, 1);
    const { tuning: _, ...untuned } = stage;
    const { source: batches } = await new StageReader(experiment.teacher, () => {}, { rows }).read(untuned);
    expect(batches).toMatchObject({
      classes: ['ham', 'spam'],
      pairs: false,
      epochLength: rows!.train.length,
    });
    expect(rows!.train.length + rows!.heldOut.length).toBe(60);
  });

  it('is refused where no stage has a task, beside --task, and for a file that can’t be used', () => {
    const { later: _, arms, ...first } = taskStages;
    const onText = { ...first, arms: arms.map(({ later: _later, ...arm }) => arm) };
    expect(
      problemOf(() => parseOptions(['--experiment', experimentFile(onText), '--rows', mails])),
    ).toContain('none of these has');
    expect(problemOf(() => parse('--rows', mails, '--task', 'same'))).toContain('Write one of them');
    expect(problemOf(() => parse('--rows', join(folder, 'none.csv')))).toContain('can’t be read');
    const alone = fileOf('alone.csv', `label,text\n${'spam,a mail\n'.repeat(30)}`);
    expect(problemOf(() => parse('--rows', alone))).toMatchObject({ code: 'rowsTooFew' });
  });

  it('is asked for where an experiment’s rows are kept in a browser', () => {
    const { experiment } = parse('--rows', mails);
    const file = experimentFile(experiment);
    expect(problemOf(() => parseOptions(['--experiment', file]))).toEqual({
      code: 'rowsOnlyInBrowser',
      values: { name: 'mails.csv' },
    });
    expect(problemOf(() => parseOptions(['--experiment', file, '--rows', mails]))).toBeNull();
  });
});
