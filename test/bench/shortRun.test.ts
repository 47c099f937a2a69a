import { afterEach, expect, test, vi } from 'vitest';
import type { EngineName } from '../../src/bench/engine';
import type { Participant } from '../../src/bench/measure';
import { patienceMs, type Stage, shortRun } from '../../src/bench/shortRun';
import { fakeParticipants } from './fakeEngines';

const fast = { stepMs: 5, threads: 1 };
const everyone = { stillroom: fast, tfjs: fast, 'jax-js': fast };

afterEach(() => {
  vi.useRealTimers();
});

/** A participant whose steps never come to an end, until it is closed. */
function stuck({ runner, ...rest }: Participant): Participant {
  let fail: (error: Error) => void;
  return {
    ...rest,
    runner: {
      ...runner,
      step: () =>
        new Promise((_, reject) => {
          fail = reject;
        }),
    },
    close() {
      rest.close();
      fail(new Error('closed'));
    },
  };
}

test('measures the three engines, and tells each stage once', async () => {
  const stages: Stage[] = [];
  const { takePart, turns } = fakeParticipants(everyone);
  const signal = new AbortController().signal;
  const run = await shortRun('wasm', (stage) => stages.push(stage), signal, takePart);
  expect(run.entries.map(({ engine }) => engine)).toEqual(['stillroom', 'tfjs', 'jax-js']);
  expect(run.workload.name).toBe('small');
  expect(run.failures).toEqual([]);
  expect(turns.filter((turn) => turn.includes('pipelined'))).toHaveLength(15);
  expect(stages).toEqual([
    { name: 'starting', engine: 'stillroom' },
    { name: 'starting', engine: 'tfjs' },
    { name: 'starting', engine: 'jax-js' },
    { name: 'first', engine: 'stillroom' },
    { name: 'first', engine: 'tfjs' },
    { name: 'first', engine: 'jax-js' },
    { name: 'steps' },
    { name: 'blocks' },
  ]);
});

test('once it is stopped, every engine is closed, none is started, and nothing more is told', async () => {
  const control = new AbortController();
  const stages: Stage[] = [];
  const { takePart, closed } = fakeParticipants(everyone);
  const started: EngineName[] = [];
  const takeAndStop = (engine: EngineName) => {
    started.push(engine);
    if (engine === 'tfjs') control.abort();
    return takePart(engine);
  };
  const run = shortRun('wasm', (stage) => stages.push(stage), control.signal, takeAndStop);
  await expect(run).rejects.toThrow('aborted');
  expect(started).toEqual(['stillroom', 'tfjs']);
  expect(new Set(closed)).toEqual(new Set(['stillroom', 'tfjs']));
  expect(stages.at(-1)).toEqual({ name: 'starting', engine: 'tfjs' });
});

test('stopping does not wait for an engine that gives no answer', async () => {
  const control = new AbortController();
  const { takePart, closed } = fakeParticipants(everyone);
  const run = shortRun(
    'wasm',
    ({ name }) => {
      if (name === 'first') queueMicrotask(() => control.abort());
    },
    control.signal,
    (engine) => (engine === 'stillroom' ? stuck(takePart(engine)) : takePart(engine)),
  );
  await expect(run).rejects.toThrow('aborted');
  expect(new Set(closed)).toEqual(new Set(['stillroom', 'tfjs', 'jax-js']));
});

test('an engine that gives no answer for long is out and its worker ended; the others go on', async () => {
  vi.useFakeTimers();
  const { takePart, closed } = fakeParticipants(everyone);
  const run = shortRun(
    'wasm',
    () => {},
    new AbortController().signal,
    (engine) => (engine === 'tfjs' ? stuck(takePart(engine)) : takePart(engine)),
  );
  await vi.advanceTimersByTimeAsync(patienceMs - 1);
  expect(closed).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  const { entries, failures } = await run;
  expect(closed[0]).toBe('tfjs');
  expect(entries.map(({ engine }) => engine)).toEqual(['stillroom', 'jax-js']);
  expect(failures).toEqual([{ engine: 'tfjs', message: 'No answer within 120 s.' }]);
});
