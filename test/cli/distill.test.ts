import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { presetNames } from '../../src/config/presets';

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
  });
});
