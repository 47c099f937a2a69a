import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { SeedRun } from '../../src/cli/seedRuns';
import { type Summary, summaryOf } from '../../src/statistics/summary';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Of several processes that start TypeScript and WebAssembly on a busy machine. */
const timeout = 180_000;

let started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started) child.kill('SIGTERM');
  started = [];
});

const distill = (...options: string[]) => distillIn(process.env, ...options);

function distillIn(env: NodeJS.ProcessEnv, ...options: string[]) {
  const command = ['--import', 'tsx', 'src/cli/distill.ts', ...options];
  const child = spawn(process.execPath, command, { cwd: root, env });
  started.push(child);
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]).then(
    ([stdout, stderr, [code]]) => ({ stdout, stderr, code: code as number | null }),
  );
  return { child, ended };
}

/** Runs of seeds that a process has under way: their ids and arguments. */
function childrenOf({ pid }: ChildProcess): { pid: number; args: string }[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, ...args]) => Number(parent) === pid && args.includes('--seed'))
    .map(([id, , ...args]) => ({ pid: Number(id), args: args.join(' ') }));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('npm run distill -- --seeds', () => {
  it('prints the runs, as each is on its own, and what they say together', { timeout }, async () => {
    const options = ['--preset', 'tiny', '--steps', '2', '--json'];
    const { stdout, stderr, code } = await distill('--seeds', '8,3', ...options).ended;
    expect(code).toBe(0);
    const result = JSON.parse(stdout) as { runs: SeedRun[]; summary: Summary };
    expect(Object.keys(result)).toEqual(['runs', 'summary']);
    expect(result.runs.map(({ seed }) => seed)).toEqual([8, 3]);
    const alone = await distill('--seed', '3', ...options).ended;
    expect(result.runs[1]).toEqual(JSON.parse(alone.stdout));

    const [distilled, twin] = result.runs[0].arms.map(({ name }) => name);
    const number = expect.any(Number);
    const mean = { mean: number, low: number, high: number, n: 2 };
    expect(result.summary.arms).toEqual(
      [distilled, twin].map((name) => ({ name, metrics: { accuracy: mean, klToTeacher: mean } })),
    );
    expect(
      result.summary.verdicts.map(({ arm, against, metric, n }) => ({ arm, against, metric, n })),
    ).toEqual([
      { arm: distilled, against: twin, metric: 'accuracy', n: 2 },
      { arm: distilled, against: twin, metric: 'klToTeacher', n: 2 },
    ]);
    const figures = result.runs.map(({ arms }) =>
      arms.map(({ name, heldOut }) => ({ name, figures: heldOut })),
    );
    expect(result.summary).toEqual(summaryOf(figures));
    for (const seed of [8, 3]) expect(stderr).toMatch(new RegExp(`^Seed ${seed} is done`, 'm'));
  });

  it('goes on where a run dies, says which, and has exit status 1', { timeout }, async () => {
    const { child, ended } = distill('--seeds', '1,2', '--preset', 'tiny', '--steps', '5', '--json');
    // As the system does where memory runs short; the first one, before it can have ended.
    await expect.poll(() => childrenOf(child).length, { timeout, interval: 20 }).toBeGreaterThan(0);
    const victim = childrenOf(child).find(({ args }) => args.includes('--seed 1 '))!;
    process.kill(victim.pid, 'SIGKILL');
    const { stdout, stderr, code } = await ended;
    expect(code).toBe(1);
    const { runs, summary, failed } = JSON.parse(stdout);
    expect(runs.map(({ seed }: SeedRun) => seed)).toEqual([2]);
    expect(failed).toEqual([{ seed: 1, message: expect.stringContaining('SIGKILL') }]);
    for (const { verdict } of (summary as Summary).verdicts) expect(verdict).toBe("can't tell");
    expect(stderr).toMatch(/^Seed 1 failed .*SIGKILL/m);
    expect(stderr).toContain('No result of seed 1:');
  });

  it('says what the runs said, and prints nothing where none succeeds', { timeout }, async () => {
    const planted = "if(process.argv.includes('--seed'))throw(new(Error)('planted'))";
    const env = { ...process.env, NODE_OPTIONS: `--import data:text/javascript,${planted}` };
    const { stdout, stderr, code } = await distillIn(env, '--seeds', '1,2', '--preset', 'tiny', '--json')
      .ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    for (const seed of [1, 2]) {
      expect(stderr).toMatch(new RegExp(`^Seed ${seed} failed after \\d+ s[^]*Error: planted`, 'm'));
    }
    expect(stderr.trim()).toMatch(/No seed gave a result\..*$/);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends its runs with it on %s', { timeout }, async (signal, status) => {
    const { child, ended } = distill('--seeds', '1,2,3', '--preset', 'tiny', '--steps', '100000');
    await expect.poll(() => childrenOf(child).length, { timeout, interval: 20 }).toBeGreaterThan(0);
    const runs = childrenOf(child);
    child.kill(signal);
    const { stdout, code } = await ended;
    expect(code).toBe(status);
    expect(stdout).toBe('');
    await expect.poll(() => runs.filter(({ pid }) => isAlive(pid)), { timeout: 10_000 }).toEqual([]);
  });

  it('refuses a list that is none before anything runs', { timeout }, async () => {
    const { stdout, stderr, code } = await distill('--seeds', '1,2,2', '--json').ended;
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.split('\n')[0]).toBe(
      'Seed 2 stands there more than once. The same seed gives the same run, which tells nothing more. Write each seed once.',
    );
  });
});
