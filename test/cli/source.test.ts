import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseOptions } from '../../src/cli/options';
import { mostBytes } from '../../src/cli/source';
import { refusalWords } from '../../src/cli/words';
import type { Experiment } from '../../src/config/experiment';
import { everyPreset, presetAt, presetNames, presets } from '../../src/config/presets';
import { written } from '../../src/config/upgrade';
import { encodeExperiment } from '../../src/config/urlWriting';

const folder = mkdtempSync(join(tmpdir(), 'stillroom-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(content: string | Uint8Array): string {
  const path = join(folder, `${Math.random()}.json`);
  writeFileSync(path, content);
  return path;
}

function experimentOf(...args: string[]): Experiment {
  const options = parseOptions(args);
  if (options === 'help' || 'list' in options) throw new Error('not asked for');
  return options.experiment;
}

async function refusalOf(...args: string[]): Promise<string> {
  try {
    parseOptions(args);
    return '';
  } catch (error) {
    return refusalWords(error);
  }
}

describe('--preset', () => {
  it('is the newest version, or the one that is named', () => {
    expect(experimentOf('--preset', 'tinybert')).toEqual(presets.tinybert);
    expect(experimentOf('--preset', 'tinybert.2')).toEqual(presets.tinybert);
    expect(experimentOf('--preset', 'tinybert.1')).toEqual(presetAt('tinybert')!.experiment);
    expect(experimentOf('--preset', 'tinybert.1')).not.toEqual(presets.tinybert);
  });

  it.each([...everyPreset().keys()])('%s can be run', (name) => {
    expect(() => experimentOf('--preset', name.includes('.') ? name : `${name}.1`)).not.toThrow();
  });
});

describe('--link', () => {
  const changed = (name: (typeof presetNames)[number]): Experiment => {
    const [first, ...others] = presets[name].arms as Experiment['arms'];
    return {
      ...presets[name],
      training: { ...presets[name].training, steps: 7, seed: 3 },
      arms: [{ ...first, temperature: 3.5, weights: { ...first.weights, mlm: 0.25 } }, ...others],
    };
  };

  it.each(presetNames)('gives the experiment that a link of %s was made of', (name) => {
    const query = encodeExperiment(changed(name), name).toString();
    for (const link of [query, `?${query}`, `https://a.example/b/?lang=en&${query}#share`]) {
      expect(experimentOf('--link', link)).toEqual(changed(name));
    }
  });

  it('names version 1 of a preset where it names none, as every link does', () => {
    expect(experimentOf('--link', '?preset=tinybert')).toEqual(presetAt('tinybert')!.experiment);
    expect(experimentOf('--link', '?preset=distilbert&arms.0.objective.ce=1').arms[0].weights.ce).toBe(1);
  });

  it.each([
    ['distilbert', '“distilbert” in --link is no link'],
    ['https://a.example/', 'is no link'],
    ['?preset=nonsense', 'preset=nonsense'],
    ['?preset=tiny&training.steps=many', 'training.steps=many'],
    ['?preset=tiny&foo=1', 'can’t be used: foo.'],
    ['?preset=tiny&version=3', 'of a later version'],
  ])('refuses %s', async (link, words) => {
    expect(await refusalOf('--link', link)).toContain(words);
  });
});

describe('--experiment', () => {
  it.each(presetNames)('reads %s as it is written down', (name) => {
    const path = fileOf(JSON.stringify(written(presets[name])));
    expect(experimentOf('--experiment', path)).toEqual(presets[name]);
  });

  it('reads version 1', () => {
    const arms = presets.tiny.arms.map(({ weights, dials, choices, lists, ...arm }) => ({
      ...arm,
      objective: { ce: 0, mlm: 0, cos: 0, mse: 0, attn: 0, hidn: 0, ...weights },
    }));
    expect(experimentOf('--experiment', fileOf(JSON.stringify({ ...presets.tiny, arms })))).toEqual(
      presets.tiny,
    );
  });

  it.each([
    ['{"version": 2, "stages": [', 'is no JSON'],
    ['[]', 'This is no experiment'],
    ['null', 'This is no experiment'],
    [JSON.stringify({ ...written(presets.tiny), version: 3 }), 'of a later version'],
    [JSON.stringify({ ...written(presets.tiny), more: 1 }), 'at “more”'],
    [JSON.stringify({ ...written(presets.tiny), arms: [] }), 'at “arms”'],
    ['['.repeat(100_000), 'is no JSON'],
    [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'This is no experiment'],
  ])('refuses a file that is none: %.30s', async (content, words) => {
    expect(await refusalOf('--experiment', fileOf(content))).toContain(words);
  });

  it('refuses what is no file, or too large a one', async () => {
    expect(await refusalOf('--experiment', join(folder, 'none.json'))).toContain('can’t be read');
    expect(await refusalOf('--experiment', folder)).toContain('can’t be read');
    expect(await refusalOf('--experiment', fileOf(new Uint8Array(mostBytes + 1)))).toContain(
      '1,048,577 bytes',
    );
  });
});

describe('what can’t be run here', () => {
  it.each([
    [['--preset', 'tiny', '--link', '?preset=tiny'], 'more than one experiment'],
    [['--preset', 'tiny', '--experiment', 'x.json'], 'more than one experiment'],
    [
      ['--link', '?preset=tiny&text.kind=own&text.id=0123456789abcdef'],
      'The experiment’s text is kept in a browser',
    ],
    [['--link', '?preset=tiny&teacher.kind=saved&teacher.id=mine'], '“mine” can’t be had here'],
    [['--preset', 'tinybert', '--set', 'arms.0.weights.cos=1'], 'L_cos needs a student as wide'],
    [['--preset', 'tiny', '--set', 'teacher.kind=none', '--set', 'teacher.vocabularySize=512'], 'no teacher'],
  ])('%j is refused', async (args, words) => {
    expect(await refusalOf(...args)).toContain(words);
  });

  it('is said as a whole, a line for each', async () => {
    const words = await refusalOf('--set', 'arms.0.student.hiddenSize=30', '--set', 'arms.1.mapping=4,2');
    expect(words.split('\n').length).toBeGreaterThan(2);
    expect(words).toContain('“distilled” is 30 wide');
    expect(words).toContain('The mapping runs backwards');
  });
});
