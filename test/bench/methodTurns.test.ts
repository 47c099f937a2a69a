import { expect, test } from 'vitest';
import { z } from 'zod';
import { type MethodEntry, measureMethods, methodEntrySchema } from '../../src/bench/methodTurns';
import { methodWorkloads } from '../../src/bench/methodWorkloads';
import { createRunner } from '../../src/bench/runner';
import { checkExperiment } from '../../src/config/check';
import { termsOf } from '../../src/config/objective';
import { presets } from '../../src/config/presets';
import { bundledTeachers } from '../../src/config/teachers';
import { methodIds } from '../../src/methods/registry';
import { methodTables } from '../../tools/bench/tables';
import { fakeParticipants } from './fakeEngines';

const quiet = () => {};
const [triple, tinybert] = methodWorkloads;

test('every method takes the place of the triple loss, which is the first', () => {
  expect(triple.name).toBe('distilbert');
  expect(triple.arm).toEqual(presets.distilbert.arms[0]);
  const names = methodWorkloads.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(methodIds));
  expect(new Set(names).size).toBe(names.length);
  expect(termsOf(tinybert.arm!)).toEqual(['attn', 'embd', 'hidn', 'pred']);
});

test('each fits the default preset’s student and teacher', () => {
  for (const { arm } of methodWorkloads) {
    expect(arm!.student).toEqual(presets.distilbert.arms[0].student);
    const experiment = { ...presets.distilbert, arms: [arm!] };
    expect(checkExperiment(experiment, bundledTeachers['stories-4x128'])).toEqual([]);
  }
});

test('a task has the batch and the length of the text, and the same student', () => {
  const tasks = methodWorkloads.filter(({ task }) => task);
  expect(tasks.map(({ name }) => name)).toEqual([
    'distilbert, rows of a task',
    'distilbert, pairs of a task',
  ]);
  for (const { batchSize, sequenceLength, arm } of tasks) {
    expect([batchSize, sequenceLength]).toEqual([triple.batchSize, triple.sequenceLength]);
    expect(termsOf(arm!)).toEqual(termsOf(triple.arm!));
  }
});

test('steps are taken in turns, each round begun by another', async () => {
  const { takePart, turns, closed } = fakeParticipants({ stillroom: { stepMs: 10, threads: 2 } });
  const pace = { budgetMs: 0, least: 3, most: 5 };
  const workloads = [triple, tinybert];
  const measured = await measureMethods('wasm', takePart('stillroom'), pace, quiet, workloads);
  const taken = turns.filter((words) => words.includes('select')).map((words) => words.split(' ').at(-1));
  const rounds = [0, 1, 0, 1, 2].flatMap((i) =>
    i % 2 === 0 ? ['distilbert', 'tinybert'] : ['tinybert', 'distilbert'],
  );
  expect(taken).toEqual([...rounds, 'distilbert', 'tinybert']);
  expect(measured.failures).toEqual([]);
  expect(
    measured.entries.map(({ method, ratio, dispatches, bytes }) => [method, ratio, dispatches, bytes]),
  ).toEqual([
    ['distilbert', 1, null, 500_000],
    ['tinybert', 1, null, 500_000],
  ]);
  expect(closed).toEqual(['stillroom']);
});

test('a method that fails is named, and nothing is measured of it', async () => {
  const { takePart } = fakeParticipants({ stillroom: { stepMs: 10, failsAt: 'bytes' } });
  const pace = { budgetMs: 0, least: 1, most: 1 };
  const measured = await measureMethods('webgpu', takePart('stillroom'), pace, quiet, [triple]);
  expect(measured).toEqual({
    entries: [],
    failures: [{ method: 'distilbert', message: 'stillroom is out' }],
  });
});

test('our engine goes on with each where it was, and tells what a step holds', async () => {
  const runner = createRunner(null);
  const pace = { budgetMs: 0, least: 1, most: 1 };
  const names = ['distilbert', 'ctkd', 'theseus', 'distilbert, shuffled'];
  const workloads = names.map((name) => methodWorkloads.find((workload) => workload.name === name)!);
  const participant = { engine: 'stillroom', runner, close: () => {} } as const;
  const { entries, failures } = await measureMethods('wasm', participant, pace, quiet, workloads);
  expect(failures).toEqual([]);
  expect(z.array(methodEntrySchema).parse(JSON.parse(JSON.stringify(entries)))).toEqual(entries);
  expect(entries.map(({ method }) => method)).toEqual(names);
  const [first, , theseus, shuffled] = entries.map(({ bytes }) => bytes);
  // Weights, moments and gradients of the student alone are 4 · 4 · 0.68 M.
  expect(first).toBeGreaterThan(10e6);
  expect(theseus).toBeGreaterThan(first);
  // Its targets live where the widest moment of the step is over.
  expect(shuffled).toBeGreaterThanOrEqual(first);
});

test('the table has dispatches on a GPU alone', () => {
  const entry: MethodEntry = {
    workload: 'methods',
    method: 'tinybert',
    backend: 'webgpu',
    adapter: 'a GPU',
    threads: null,
    dispatches: 180,
    stepMs: 24.4,
    fastestMs: 20,
    ratio: 1.2,
    bytes: 57_000_000,
  };
  expect(methodTables([entry])).toBe(
    [
      '### WebGPU: a step by method',
      '',
      '| method | step, ms | fastest, ms | times the triple loss | dispatches | MB |',
      '| --- | ---: | ---: | ---: | ---: | ---: |',
      '| tinybert | 24.4 | 20 | 1.20 | 180 | 57 |',
    ].join('\n'),
  );
  expect(methodTables([{ ...entry, backend: 'wasm', dispatches: null }])).not.toContain('dispatches');
  expect(methodTables([])).toBe('');
});
