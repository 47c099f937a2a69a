import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { presetNames, presets } from '../../src/config/presets';
import { upgrade } from '../../src/config/upgrade';
import { parseTeacher } from '../../src/interop/teacherBundle';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Of processes that start TypeScript and WebAssembly on a busy machine. */
const timeout = 120_000;

interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

function run(command: string, parameters: string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, { cwd: root });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

const distill = (...options: string[]) =>
  run(process.execPath, ['--import', 'tsx', 'src/cli/distill.ts', ...options]);

const number = expect.any(Number);

describe('npm run distill', () => {
  it('prints one object and nothing else on standard output with --json', { timeout }, async () => {
    const { code, stdout } = await distill('--preset', 'tiny', '--steps', '3', '--seed', '1', '--json');
    expect(code).toBe(0);
    const result = JSON.parse(stdout);
    expect(Object.keys(result)).toEqual(['backend', 'steps', 'seed', 'teacher', 'arms']);
    expect(result).toMatchObject({ backend: 'wasm', steps: 3, seed: 1 });
    expect(result.teacher).toMatchObject({ name: 'stories-4x32' });
    const heldOut = { loss: number, accuracy: number, agreement: number, klToTeacher: number };
    const terms = { total: number, ce: number, mlm: number, cos: number };
    expect(result.arms).toStrictEqual([
      { name: expect.any(String), parameters: number, losses: terms, heldOut },
      { name: expect.any(String), parameters: number, losses: { total: number, mlm: number }, heldOut },
    ]);
    const [distilled, twin] = result.arms;
    expect(distilled.name).not.toBe(twin.name);
    expect(distilled.parameters).toBeLessThan(result.teacher.parameters);
    for (const { heldOut } of result.arms) {
      expect(heldOut.accuracy).toBeGreaterThan(0);
      expect(heldOut.accuracy).toBeLessThan(1);
      expect(heldOut.klToTeacher).toBeGreaterThan(0);
    }
  });

  it('withholds a word, and says what every model makes of it; one that can’t be is refused', {
    timeout,
  }, async () => {
    const word = (without: string) =>
      distill('--preset', 'tiny', '--steps', '2', '--set', `text.without=${without}`, '--json');
    const { code, stdout } = await word('Day');
    expect(code).toBe(0);
    const { withheld, arms } = JSON.parse(stdout);
    const figure = { accuracy: number, logProbability: number };
    expect(withheld).toStrictEqual({
      ...{ word: 'Day', dropped: number, places: number, heldOut: number, teacher: figure },
    });
    expect(withheld.dropped).toBeGreaterThan(100);
    expect(withheld.places).toBeGreaterThan(withheld.heldOut);
    for (const arm of arms) {
      expect(arm.withheld).toStrictEqual(figure);
      expect(arm.withheld.logProbability).toBeLessThan(0);
    }
    expect(await word('the')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/“the”/) });
    expect((await word('two words')).stderr).toContain('“two words” can’t be withheld');
    expect((await word('x'.repeat(41))).stderr).toContain('can’t be withheld');
  });

  it('has every term with a weight in its losses by its id, and what moves beside them', {
    timeout,
  }, async () => {
    const terms = (result: { arms: { losses: object }[] }) =>
      result.arms.map(({ losses }) => Object.keys(losses).sort().join());
    const tinybert = await distill('--preset', 'tinybert', '--steps', '2', '--seed', '1', '--json');
    expect(terms(JSON.parse(tinybert.stdout))).toEqual([
      'attn,embd,hidn,pred,total',
      'pred,total',
      'attn,embd,hidn,pred,total',
      'pred,total',
    ]);
    const link = '?preset=tiny&training.steps=2&arms.0.weights.ctkd=1&arms.0.weights.ce=0';
    const ctkd = JSON.parse(
      (await distill('--link', link, '--set', 'arms.1.weights.mlm=2', '--json')).stdout,
    );
    expect(terms(ctkd)).toEqual(['cos,ctkd,mlm,total', 'mlm,total']);
    expect(ctkd.arms[0].readings).toEqual({ learnedT: number, reversal: number });
    expect(ctkd.arms[1]).not.toHaveProperty('readings');
    const { total, mlm } = ctkd.arms[1].losses;
    expect(total).toBeCloseTo(2 * mlm, 4);
  });

  it('trains on the text alone where there is no teacher', { timeout }, async () => {
    const alone = ['--preset', 'tiny', '--set', 'teacher.kind=none', '--set', 'teacher.vocabularySize=512'];
    const arm = ['--set', 'arms.0.weights.ce=0', '--set', 'arms.0.weights.cos=0'];
    const starts = [0, 1].flatMap((i) => ['--set', `arms.${i}.initialisation.kind=random`]);
    const { code, stdout } = await distill(...alone, ...arm, ...starts, '--steps', '2', '--json');
    expect(code).toBe(0);
    const { teacher, arms } = JSON.parse(stdout);
    expect(teacher).toBeNull();
    expect(arms[0].losses).toEqual({ total: number, mlm: number });
    expect(arms[0].heldOut).toEqual({ loss: number, accuracy: number, agreement: null, klToTeacher: null });
  });

  it('writes a folder of each student, as other programs load it', { timeout }, async () => {
    const out = mkdtempSync(join(tmpdir(), 'stillroom-models-'));
    onTestFinished(() => rmSync(out, { recursive: true }));
    const options = ['--preset', 'tiny', '--steps', '2', '--seed', '1', '--json', '--out', out];
    const { code, stdout } = await distill(...options);
    expect(code).toBe(0);
    const arms: { parameters: number; heldOut: { accuracy: number } }[] = JSON.parse(stdout).arms;
    const folders = presets.tiny.arms.map(({ id }) => id);
    expect(readdirSync(out).sort()).toEqual([...folders].sort());
    for (const [i, folder] of folders.entries()) {
      const read = (path: string) => readFileSync(join(out, folder, path));
      const json = (path: string) => JSON.parse(String(read(path)));
      const weights = Uint8Array.from(read('model.safetensors')).buffer;
      const bundle = parseTeacher({
        config: json('config.json'),
        tokenizer: json('tokenizer.json'),
        weights,
      });
      const numbers = [...bundle.weights.values()].reduce((sum, { data }) => sum + data.length, 0);
      expect(numbers).toBe(arms[i].parameters);
      expect(read('onnx/model.onnx').length).toBeGreaterThan(4 * numbers);
      expect(String(read('README.md'))).toContain(
        `| this model | ${Number(arms[i].heldOut.accuracy.toPrecision(4))} |`,
      );
      expect(upgrade(json('experiment.json')).training).toMatchObject({ steps: 2, seed: 1 });
    }
  });

  it('lists presets and methods', { timeout }, async () => {
    const { code, stdout } = await distill('--list', '--json');
    expect(code).toBe(0);
    const { presets, methods } = JSON.parse(stdout);
    expect(presets.map(({ name }: { name: string }) => name)).toEqual(presetNames);
    const asked = 'distilbert tinybert hinton logits pseudo-labels jsd dkd standardised annealing ctkd';
    for (const name of `${asked} minilm minilmv2 pkd theseus`.split(' ')) {
      expect(methods).toContainEqual(expect.objectContaining({ name, terms: expect.any(Array) }));
    }
  });

  it('refuses what does not fit before it trains, with exit status 2', { timeout }, async () => {
    const { code, stdout, stderr } = await distill('--preset', 'tinybert', '--set', 'arms.0.weights.cos=1');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.split('\n')[0]).toContain('L_cos needs a student as wide as its teacher.');
  });

  it('refuses what it does not know with exit status 2 and the usage on standard error', {
    timeout,
  }, async () => {
    const { code, stdout, stderr } = await distill('--preset', 'nonsense');
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('npm run distill -- [options]');
    expect(stderr.split('\n')[0]).toContain('nonsense');
  });

  it('through npm, leaves standard output empty where it fails, as CONTRIBUTING.md says', {
    timeout,
  }, async () => {
    const npm = ['run', '--silent', '--json=false', 'distill', '--', '--json', '--seed', ''];
    const { code, stdout, stderr } = await run('npm', npm);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('--seed is empty');
  });

  it('prints the usage, with all presets, for --help', { timeout }, async () => {
    const { code, stdout } = await distill('--help');
    expect(code).toBe(0);
    for (const name of presetNames) expect(stdout).toContain(name);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });
});
