import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../src/cli/options';
import { presets } from '../../src/config/presets';

describe('parseOptions', () => {
  it('takes the preset as it is where nothing else is said', () => {
    expect(parseOptions([])).toEqual({ experiment: presets.distilbert, backend: 'wasm', json: false });
    expect(parseOptions(['--help'])).toBe('help');
  });

  it.each([
    ['1', 1],
    ['007', 7],
    ['4294967295', 4294967295],
  ])('reads digits: %s', (text, seed) => {
    const options = parseOptions([
      '--preset',
      'tiny',
      '--steps',
      '12',
      '--seed',
      text,
      '--backend',
      'cpu',
      '--json',
    ]);
    const training = { ...presets.tiny.training, steps: 12, seed };
    expect(options).toEqual({ experiment: { ...presets.tiny, training }, backend: 'cpu', json: true });
  });

  it('keeps a run as a file where one can be written, and one run at a time', () => {
    const here = join(tmpdir(), 'run.json');
    expect(parseOptions(['--save', here])).toMatchObject({ save: here });
    expect(parseOptions([])).toMatchObject({ save: undefined });
    expect(() => parseOptions(['--save', tmpdir()])).toThrow('can’t write');
    expect(() => parseOptions(['--save', join(tmpdir(), 'nowhere at all', 'run.json')])).toThrow(
      'can’t write',
    );
    expect(() => parseOptions(['--save', here, '--seeds', '1,2'])).toThrow('--seeds');
  });

  it('writes models into a folder that is there or can be made, of one run at a time', () => {
    const made = join(tmpdir(), 'not there yet', 'models');
    expect(parseOptions(['--out', tmpdir()])).toMatchObject({ out: tmpdir() });
    expect(parseOptions(['--out', made])).toMatchObject({ out: made });
    const file = fileURLToPath(import.meta.url);
    for (const taken of ['', file, join(file, 'models')]) {
      expect(() => parseOptions([`--out=${taken}`]), taken).toThrow('--out can’t write into');
    }
    expect(() => parseOptions(['--out', made, '--seeds', '1,2'])).toThrow('--seeds');
  });

  it.each([
    ['--preset', 'nonsense'],
    ['--preset', 'constructor'],
    ['--steps', '0'],
    ['--steps', ''],
    ['--steps', ' '],
    ['--steps', 'many'],
    ['--steps', '1e3'],
    ['--steps', '2.5'],
    ['--steps', '1 000'],
    ['--steps', '1,000'],
    ['--steps', '１２'],
    ['--seed', ''],
    ['--seed', 'abc'],
    ['--seed', '0x10'],
    ['--seed', '99999999999'],
    ['--seed=-1'],
    ['--backend', 'webgpu'],
    ['--preset', 'tinybert.9'],
    ['--unknown'],
    ['stray'],
  ])('refuses %s %s, by name', (...options) => {
    const name = options[0].replace('--', '').replace(/=.*/, '');
    expect(() => parseOptions(options)).toThrow(name);
  });
});
