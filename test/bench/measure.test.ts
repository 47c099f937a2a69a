import { expect, test } from 'vitest';
import { z } from 'zod';
import { benchEntrySchema } from '../../src/bench/entrySchema';
import { type Group, measureGroup, quickPace } from '../../src/bench/measure';
import { stepFlop, workloads } from '../../src/bench/workloads';
import { type FakeEngine, fakeParticipants } from './fakeEngines';

const onGpu: Group = { backend: 'webgpu', workload: workloads.mid, engines: ['stillroom', 'tfjs', 'jax-js'] };
const ours: FakeEngine = { stepMs: 200, asynchronous: true, matmulRate: 5e9 };
const quiet = () => {};

test('a quick run of three engines gives entries of the schema', async () => {
  const { takePart, closed } = fakeParticipants({
    stillroom: ours,
    tfjs: { stepMs: 5000, asynchronous: true },
    'jax-js': { stepMs: 800, asynchronous: true },
  });
  const { entries, failures, disagreements } = await measureGroup(onGpu, takePart, quickPace, quiet);
  expect(z.array(benchEntrySchema).parse(JSON.parse(JSON.stringify(entries)))).toEqual(entries);
  expect(failures).toEqual([]);
  expect(disagreements).toEqual([]);
  expect(closed).toEqual(['stillroom', 'tfjs', 'jax-js']);
  const [own, slow, other] = entries;
  expect(own).toEqual({
    engine: 'stillroom',
    backend: 'webgpu',
    adapter: 'a GPU',
    workload: 'mid',
    threads: null,
    dispatches: 99,
    encodeMs: 0.3,
    stepMs: 200,
    pipelinedMs: 100,
    firstStepMs: 2003,
    tokensPerSecond: 5120,
    peakBytes: 1_000_000,
    matmulFraction: Number((stepFlop(workloads.mid) / 0.1 / 5e9).toPrecision(4)),
    losses: [8, 7.99, 7.95],
  });
  // Timed for one step.
  expect(slow).toMatchObject({ stepMs: 5000, pipelinedMs: null, losses: [8, 7.99] });
  expect(slow.matmulFraction).toBeCloseTo(stepFlop(workloads.mid) / 5 / 5e9, 4);
  expect(other).toMatchObject({ stepMs: 800, pipelinedMs: 400, losses: [8, 7.99, 7.95] });
});

test('on WASM there are threads and no dispatches; a call that does the work has no time to encode', async () => {
  const { takePart } = fakeParticipants({
    tfjs: { stepMs: 350, threads: 1 },
    'jax-js': { stepMs: 100, threads: 2, asynchronous: true },
  });
  const group: Group = { backend: 'wasm', workload: workloads.small, engines: ['tfjs', 'jax-js'] };
  const { entries } = await measureGroup(group, takePart, quickPace, quiet);
  const nothing = { adapter: null, dispatches: null, matmulFraction: null };
  expect(entries[0]).toMatchObject({ ...nothing, threads: 1, encodeMs: null });
  expect(entries[1]).toMatchObject({ ...nothing, threads: 2, encodeMs: 0.3 });
});

test('engines take turns: one step each, then blocks of ten, each round begun by another', async () => {
  const { takePart, turns } = fakeParticipants({ stillroom: ours, 'jax-js': { stepMs: 800 } });
  await measureGroup({ ...onGpu, engines: ['stillroom', 'jax-js'] }, takePart, quickPace, quiet);
  const steps = turns.filter((turn) => turn.includes(' step '));
  expect(steps.slice(0, 6)).toEqual([
    'stillroom step 0',
    'jax-js step 0',
    'jax-js step 1',
    'stillroom step 1',
    'stillroom step 2',
    'jax-js step 2',
  ]);
  expect(turns.filter((turn) => turn.includes('pipelined'))).toEqual([
    'stillroom pipelined 6 10',
    'jax-js pipelined 6 10',
  ]);
});

test('blocks of ten go on where the one before ended', async () => {
  const { takePart, turns } = fakeParticipants({ stillroom: { ...ours, stepMs: 1 } });
  await measureGroup({ ...onGpu, engines: ['stillroom'] }, takePart, quickPace, quiet);
  const blocks = turns.filter((turn) => turn.includes('pipelined'));
  expect(blocks).toEqual([22, 32, 42, 52, 62].map((first) => `stillroom pipelined ${first} 10`));
});

test('an engine that fails is out, with its reason; the others go on', async () => {
  const { takePart, turns, closed } = fakeParticipants({
    stillroom: ours,
    tfjs: { stepMs: 100, failsAt: 'open' },
    'jax-js': { stepMs: 100, failsAt: 'step' },
  });
  const { entries, failures } = await measureGroup(onGpu, takePart, quickPace, quiet);
  expect(entries.map(({ engine }) => engine)).toEqual(['stillroom']);
  expect(failures).toEqual([
    { engine: 'tfjs', message: 'tfjs is out' },
    { engine: 'jax-js', message: 'jax-js is out' },
  ]);
  expect(turns.filter((turn) => turn.startsWith('jax-js step'))).toHaveLength(1);
  expect(closed).toEqual(['stillroom', 'tfjs', 'jax-js']);
});

test.each<[string, (i: number) => number, boolean]>([
  ['within a thousandth', (i) => (8 - i / 100) * 1.0009, false],
  ['beyond it at the last step', (i) => (i > 3 ? 7 : 8 - i / 100), true],
  ['not a number', () => Number.NaN, true],
])('losses that are %s', async (_, loss, differ) => {
  const { takePart } = fakeParticipants({
    stillroom: { ...ours, loss },
    // Slow, so that it has no last loss to compare with.
    tfjs: { stepMs: 5000 },
    'jax-js': { stepMs: 200 },
  });
  const { disagreements } = await measureGroup(onGpu, takePart, quickPace, quiet);
  expect(disagreements.length > 0).toBe(differ);
});
