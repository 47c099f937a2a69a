import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import type { Experiment } from '../../src/config/experiment';
import { written } from '../../src/config/upgrade';
import { taskStages } from '../support/taskStages';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'stages-'));
afterAll(() => rmSync(folder, { recursive: true }));
const timeout = 240_000;
const number = expect.any(Number);

function distill(
  experiment: Experiment,
  ...options: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const file = join(folder, 'experiment.json');
  writeFileSync(file, JSON.stringify(written(experiment)));
  const parameters = ['--import', 'tsx', 'src/cli/distill.ts', '--experiment', file, ...options];
  return new Promise((resolve) => {
    execFile(process.execPath, parameters, { cwd: root }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

it('trains one stage after the other, on text and on a task with a teacher that was tuned on it', {
  timeout,
}, async () => {
  const { code, stdout } = await distill(taskStages, '--task', 'feelings', '--steps', '2', '--json');
  expect(code).toBe(0);
  const { steps, stages, arms } = JSON.parse(stdout);
  expect(steps).toBe(6);
  expect(stages.map(({ task, steps }: { task?: string; steps: number }) => [task ?? null, steps])).toEqual([
    [null, 2],
    ['feelings', 2],
    ['feelings', 2],
  ]);
  const [text, layers, predictions] = stages;
  expect(text.arms[0].losses).toEqual({ total: number, attn: number, embd: number, hidn: number });
  expect(layers.arms[0].losses).toEqual({ total: number, attn: number, embd: number, hidn: number });
  expect(predictions.arms[0].losses).toEqual({ total: number, pred: number });
  // One teacher for both stages of the task, and another head than on text.
  expect(predictions.teacher).toEqual(layers.teacher);
  expect(predictions.teacher.parameters).not.toBe(text.teacher.parameters);
  expect(predictions.arms.map(({ name }: { name: string }) => name)).toEqual(['tinybert', 'labels']);
  for (const { heldOut } of predictions.arms) {
    expect(heldOut).toEqual({ loss: number, accuracy: number, agreement: number, klToTeacher: number });
    // Of six classes nobody knows much after so few steps, and nobody less than a guess.
    expect(heldOut.loss).toBeCloseTo(Math.log(6), 0);
  }
  expect(arms).toEqual(predictions.arms);
  // Of feelings that is the share that is right, counted from the same rows.
  for (const model of [layers.teacher, ...layers.arms, predictions.teacher, ...arms]) {
    expect(model.metric).toBe('accuracy');
    expect(model.value).toBeCloseTo(model.heldOut.accuracy, 6);
  }
  for (const model of [text.teacher, ...text.arms]) expect(model).not.toHaveProperty('metric');
});

it('says of several seeds what each stage came to, by the metric of its task', { timeout }, async () => {
  const { code, stdout } = await distill(
    taskStages,
    ...[
      '--task',
      'acceptable',
      '--steps',
      '1',
      '--set',
      'later.1.training.steps=2',
      '--seeds',
      '1,2',
      '--json',
    ],
  );
  expect(code).toBe(0);
  const { runs, summary, stages } = JSON.parse(stdout);
  expect(runs.map(({ seed }: { seed: number }) => seed)).toEqual([1, 2]);
  const named = stages.map(({ task, arms }: { task?: string; arms: { metrics: object }[] }) => [
    task ?? null,
    Object.keys(arms[0].metrics),
  ]);
  const ofTask = ['acceptable', ['matthews', 'klToTeacher']];
  expect(named).toEqual([[null, ['accuracy', 'klToTeacher']], ofTask, ofTask]);
  const { task: _, ...last } = stages[2];
  expect(summary).toEqual(last);
  expect(summary.verdicts.map(({ metric }: { metric: string }) => metric)).toEqual([
    'matthews',
    'klToTeacher',
  ]);
});

it('varies a task’s training rows, and says how', { timeout }, async () => {
  const [, onTask] = taskStages.later!;
  const { later: _later, ...alone } = taskStages;
  const varied: Experiment = {
    ...alone,
    ...onTask,
    text: { kind: 'task', id: 'feelings' },
    augmentation: { tries: 1 },
    arms: taskStages.arms.map(({ later: _, ...arm }) => arm).slice(1),
  };
  const { code, stdout } = await distill(varied, '--steps', '1', '--json');
  expect(code).toBe(0);
  const { augmentation, task } = JSON.parse(stdout);
  expect(task).toBe('feelings');
  expect(augmentation.tries).toBeGreaterThan(700);
  expect(augmentation.replaced).toBeGreaterThan(0.35 * augmentation.eligible);
  expect(augmentation.replaced).toBeLessThan(0.45 * augmentation.eligible);
  expect(augmentation.heldOutRows).toBe(0);
});

it('refuses what a stage can’t do, before it trains', { timeout }, async () => {
  const untuned = { ...taskStages, later: taskStages.later!.map(({ tuning: _, ...stage }) => stage) };
  const refused = await distill(untuned);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('no teacher of this task');
  const { later: _later, ...onText } = { ...taskStages, tuning: { steps: 1, learningRate: 1e-3 } };
  const arms = onText.arms.map(({ later: _, ...arm }) => arm);
  const tuned = await distill({ ...onText, arms });
  expect(tuned.stderr).toContain('nothing to tune a teacher on');
  const unknown = await distill(taskStages, '--task', 'colours');
  expect(unknown.stderr).toContain('--task is one of feelings');
  const none = await distill({ ...onText, tuning: undefined, arms }, '--task', 'same');
  expect(none.stderr).toContain('none of these has');
});
