import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SeedRun } from '../../src/cli/seedRuns';
import { printSummaries, verdictSentence } from '../../src/cli/seedsReport';
import { english } from '../../src/cli/words';
import type { ArmVerdict } from '../../src/statistics/summary';

const found: ArmVerdict = {
  arm: 'distilled',
  against: 'no teacher',
  metric: 'klToTeacher',
  verdict: 'better',
  difference: -0.5,
  low: -0.75,
  high: -0.25,
  n: 3,
};

describe('a verdict in words', () => {
  it.each([
    [{}, '“distilled” is better than “no teacher” in KL to the teacher: -0.500 (-0.750 to -0.250).'],
    [
      { metric: 'accuracy', verdict: 'worse' },
      '“distilled” is worse than “no teacher” in accuracy: -0.500 (-0.750 to -0.250).',
    ],
    [
      { verdict: "can't tell", high: 0.125 },
      'Whether “distilled” is better than “no teacher” in KL to the teacher can’t be told: -0.500 (-0.750 to +0.125).',
    ],
    [
      { verdict: "can't tell", low: null, high: null, n: 1 },
      'Whether “distilled” is better than “no teacher” in KL to the teacher can’t be told from one seed: -0.500.',
    ],
    [
      { verdict: "can't tell", low: null, high: null, difference: 0 },
      'Whether “distilled” is better than “no teacher” in KL to the teacher can’t be told: every seed gave the same difference, 0.00, which says nothing of what chance does.',
    ],
    [
      { verdict: "can't tell", low: null, high: null, difference: null },
      'Whether “distilled” is better than “no teacher” in KL to the teacher can’t be told: not every seed has that figure.',
    ],
  ] as [Partial<ArmVerdict>, string][])('%j', async (change, sentence) => {
    expect(verdictSentence({ ...found, ...change }, await english())).toBe(sentence);
  });
});

describe('the report', () => {
  afterEach(() => vi.restoreAllMocks());

  it('has a row for each arm, a sentence for each verdict, and names the test', async () => {
    const lines = vi.spyOn(console, 'log').mockImplementation(() => {});
    const table = vi.spyOn(console, 'table').mockImplementation(() => {});
    const arm = (name: string, accuracy: number) => ({ name, heldOut: { accuracy, klToTeacher: null } });
    const runs = [0.2, 0.31].map((accuracy, i) => ({
      backend: 'wasm',
      steps: 60,
      seed: i + 4,
      arms: [arm('distilled', accuracy), arm('no teacher', accuracy - 0.1 - i / 1000)],
    }));
    printSummaries(runs, await english());
    expect(Object.keys(table.mock.calls[0][0])).toEqual(['distilled', 'no teacher']);
    expect(table.mock.calls[0][0].distilled).toEqual({
      accuracy: '0.255 (-0.444 to 0.954)',
    });
    const [title, ...others] = lines.mock.calls.map(([line]) => line);
    expect(title).toBe('60 steps, wasm, seeds 4, 5. Held-out masked words, means with 95 % intervals:');
    // Nobody teaches: nothing is said of a teacher, and the verdict is that of a table of one.
    expect(others).toHaveLength(2);
    expect(others[0]).toMatch(/^“distilled” is better than “no teacher” in accuracy: \+0\.101 \(\+0\.0941 /);
    expect(others[1]).toContain('paired t-test');
  });

  it('has a table for each of several stages, of a task by its metric', async () => {
    const lines = vi.spyOn(console, 'log').mockImplementation(() => {});
    const table = vi.spyOn(console, 'table').mockImplementation(() => {});
    const arm = (name: string, accuracy: number) => ({
      name,
      heldOut: { accuracy, klToTeacher: 1 - accuracy },
    });
    const runs = [0.2, 0.31].map((value, i): SeedRun => {
      const text = { steps: 40, arms: [arm('a', value), arm('b', value - 0.1)] };
      const measured = text.arms.map((one, k) => ({ ...one, metric: 'matthews' as const, value: k - value }));
      const onTask = { steps: 20, task: 'acceptable', arms: measured };
      return { ...onTask, backend: 'wasm', seed: i, stages: [text, onTask] };
    });
    printSummaries(runs, await english());
    expect(Object.keys(table.mock.calls[0][0].a)).toEqual(['accuracy', 'KL to the teacher (nats)']);
    expect(Object.keys(table.mock.calls[1][0].a)).toEqual([
      'Matthews’ correlation',
      'KL to the teacher (nats)',
    ]);
    expect(table.mock.calls[1][0].a['Matthews’ correlation']).toMatch(/^-0\.255 /);
    const said = lines.mock.calls.map(([line]) => String(line));
    expect(said[0]).toMatch(/^Stage 1 of 2: 40 steps, wasm, seeds 0, 1\. Held-out masked words/);
    expect(said[3]).toMatch(/^Stage 2 of 2: 20 steps, wasm, seeds 0, 1\. Held-out rows of acceptable/);
    expect(said[4]).toMatch(/“a” .+ “b” in Matthews’ correlation/);
    expect(said.filter((line) => line.includes('paired t-test'))).toHaveLength(1);
  });
});
