import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parseGlueOptions } from '../../../src/cli/glue/options';
import { glueExperiment } from '../../../src/config/glue';
import { written } from '../../../src/config/upgrade';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'glue-'));
afterAll(() => rmSync(folder, { recursive: true }));
/** Of several processes that start TypeScript and WebAssembly on a busy machine. */
const timeout = 300_000;

function run(command: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const parameters = ['--import', 'tsx', `src/cli/${command}.ts`, ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, parameters, { cwd: root, maxBuffer: 2 ** 24 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

const share = 0.004;

describe('npm run glue', () => {
  const out = join(folder, 'results.jsonl');
  const glue = (...args: string[]) =>
    run(
      'glue/glue',
      ...['--teacher', 'stories-4x32', '--tasks', 'feelings', '--seeds', '3', '--share', String(share)],
      ...['--models', 'scratch,tinybert', '--out', out, '--json', ...args],
    );

  it('trains what is asked for, keeps it, and computes nothing again', { timeout }, async () => {
    const first = await glue('--processes', '2');
    expect(first.stderr).not.toContain('failed');
    expect(first.code).toBe(0);
    const { rows, mean, orderings } = JSON.parse(first.stdout);
    expect(rows.map(({ model }: { model: string }) => model)).toEqual(['teacher', 'scratch', 'tinybert']);
    for (const row of rows) {
      expect(row).toMatchObject({ task: 'feelings', seed: 3, metric: 'accuracy' });
      expect(row.value).toBeGreaterThan(0);
      expect(row.kept).toBeCloseTo((100 * row.value) / rows[0].value);
    }
    expect(mean).toHaveLength(3);
    expect(orderings.map(({ found }: { found: string }) => found)).toEqual(['cantTell', 'cantTell']);
    // A teacher, a general student and two students of the task; the first two leave their weights.
    const lines = readFileSync(out, 'utf8').trim().split('\n');
    expect(lines).toHaveLength(4);
    expect(readdirSync(`${out}.weights`)).toHaveLength(2);

    const again = await glue();
    expect(again.stderr).toContain('4 jobs, 4 of them known');
    expect(JSON.parse(again.stdout)).toEqual({ rows, mean, orderings });

    // A student's figures are those of its experiment, whoever carries it out.
    const file = join(folder, 'tinybert.json');
    const experiment = glueExperiment('tinybert', {
      ...{ teacher: 'stories-4x32', task: 'feelings', seed: 3, share, tuning: null },
    });
    writeFileSync(file, JSON.stringify(written(experiment)));
    const alone = await run('distill', '--experiment', file, '--json');
    const { arms, teacher } = JSON.parse(alone.stdout);
    const known = lines.map((line) => JSON.parse(line));
    const heldOutOf = (model: string) =>
      known.find(({ kind, ...one }) => kind !== 'general' && one.model === model).heldOut;
    expect(heldOutOf('tinybert')).toMatchObject({
      accuracy: arms[0].heldOut.accuracy,
      loss: arms[0].heldOut.loss,
      klToTeacher: arms[0].heldOut.klToTeacher,
    });
    expect(heldOutOf('teacher').loss).toBe(teacher.heldOut.loss);

    // Weights that are gone are computed again where a job needs them, and nothing else is.
    rmSync(`${out}.weights`, { recursive: true });
    writeFileSync(out, `${lines.filter((line) => JSON.parse(line).model !== 'scratch').join('\n')}\n{"key":`);
    const third = await glue('--processes', '1');
    expect(third.stderr).toContain('4 jobs, 3 of them known');
    expect(JSON.parse(third.stdout).rows).toEqual(rows);
  });

  it('says what is wrong with its options', { timeout }, async () => {
    const { code, stderr } = await run('glue/glue', '--tasks', 'colours');
    expect(code).toBe(2);
    expect(stderr).toContain('no “colours”; there are feelings');
    expect(stderr).toContain('npm run glue');
  });
});

describe('parseGlueOptions', () => {
  const parse = (...args: string[]) => {
    const options = parseGlueOptions(args);
    if (options === 'help') throw new Error('No options');
    return options;
  };

  it('asks for all tasks, three seeds and the models of the table', () => {
    const { tasks, seeds, models, share } = parse();
    expect(tasks).toHaveLength(5);
    expect(seeds).toEqual([1, 2, 3]);
    expect(models).toEqual(['teacher', 'scratch', 'pretrained', 'pkd', 'distilbert', 'minilm', 'tinybert']);
    expect(share).toBe(1);
  });

  it('takes less where that is asked for, and the ablations beside', () => {
    expect(parse('--quick').seeds).toHaveLength(1);
    expect(parse('--quick', '--seeds', '4,5', '--tasks', 'same').seeds).toEqual([4, 5]);
    expect(parse('--models', 'tinybert').models).toEqual(['teacher', 'tinybert']);
    const { models } = parse('--ablations');
    expect(models.slice(0, 7)).toEqual(parse().models);
    expect(models).toContain('tinybert-no-embd');
    expect(models).toContain('distilbert-random');
  });

  it.each([
    [['--models', 'bert'], 'no “bert”'],
    [['--models', ''], 'no “”'],
    [['--teacher', 'bert-base'], 'no “bert-base”'],
    [['--processes', '0'], 'whole number'],
    [['--share', '2'], 'up to 1'],
    [['--seeds', '1,1'], 'seedRepeated'],
    [['--models', 'tinybert', '--ablations'], 'adds nothing'],
    [['--fast'], '--fast'],
  ])('refuses %j', (args, words) => {
    expect(() => parseGlueOptions(args)).toThrow(words);
  });
});
