import { describe, expect, test } from 'vitest';
import { workloads } from '../../src/bench/workloads';
import { addDialogWords } from '../../src/i18n/dialogWords';
import { i18next } from '../../src/i18n/i18n';
import type { SpeedFigures, SpeedResult } from '../../src/store/speed';
import {
  asText,
  figureRows,
  lossesInWords,
  machineInWords,
  verdict,
} from '../../src/ui/panels/speed/summary';

addDialogWords();
const { t } = i18next;

function figures(engine: SpeedFigures['engine'], stepMs: number, more: Partial<SpeedFigures> = {}) {
  return {
    engine,
    backend: 'wasm',
    adapter: null,
    workload: 'small',
    threads: 2,
    dispatches: null,
    encodeMs: null,
    stepMs,
    pipelinedMs: stepMs / 2,
    firstStepMs: 10 * stepMs,
    tokensPerSecond: 512_000 / stepMs,
    peakBytes: 1,
    matmulFraction: null,
    losses: [8, 7.5, 7],
    ...more,
  } satisfies SpeedFigures;
}

const ours = figures('stillroom', 4);
const tfjs = figures('tfjs', 48);

function result(engines: SpeedFigures[], more: Partial<SpeedResult> = {}): SpeedResult {
  return {
    backend: { name: 'wasm', reason: 'forced', adapter: null, software: false, threads: 2 },
    cores: 4,
    workload: workloads.small,
    figures: engines,
    failures: [],
    agree: true,
    hidden: false,
    ...more,
  };
}

/** As read: spaces that don't break are spaces. */
const sentence = (of: SpeedResult) => verdict(of, t).replaceAll('\u00a0', ' ');

describe('the verdict', () => {
  test.each<[string, SpeedResult, string]>([
    [
      'faster than both',
      result([ours, tfjs, figures('jax-js', 10)]),
      'On this machine a step takes 4 ms here, 12 times as fast as plain TensorFlow.js and 2.5 times as fast as jax-js; all three agree on the loss.',
    ],
    [
      'slower than one',
      result([ours, tfjs, figures('jax-js', 3)]),
      'On this machine a step takes 4 ms here, 12 times as fast as plain TensorFlow.js and 1.3 times as slow as jax-js; all three agree on the loss.',
    ],
    [
      'as fast as the one there is',
      result([ours, figures('jax-js', 4.1)]),
      'On this machine a step takes 4 ms here, as fast as jax-js; both agree on the loss.',
    ],
    [
      'with losses that differ',
      result([ours, tfjs], { agree: false }),
      'On this machine a step takes 4 ms here, 12 times as fast as plain TensorFlow.js; but the losses differ, so that this compares different trainings.',
    ],
    ['alone', result([ours]), 'On this machine a step takes 4 ms here. There is nothing to compare it with.'],
    [
      'without our engine',
      result([tfjs]),
      'Stillroom’s engine could not be measured on this machine; the figures are the others’.',
    ],
    ['without any', result([]), 'No engine could be measured on this machine.'],
  ])('%s', (_, measured, words) => {
    expect(sentence(measured)).toBe(words);
  });
});

/** `[label, ...values]` of every row. */
const cells = (of: SpeedResult) => figureRows(of, t).map(({ label, values }) => [label, ...values]);

describe('the rows', () => {
  test('on WASM: threads, and nothing of a GPU', () => {
    expect(cells(result([ours, figures('jax-js', 1800, { pipelinedMs: null })]))).toEqual([
      ['Time of a step', '4 ms', '1,800 ms'],
      ['Ten in a row', '2 ms', 'none'],
      ['Tokens per second', '128,000', '284'],
      ['First step', '40 ms', '18,000 ms'],
      ['Threads', '2', '2'],
      ['Loss', '7.5000', '7.5000'],
    ]);
  });

  test('on WebGPU: dispatches and the time of JavaScript', () => {
    const onGpu = {
      backend: 'webgpu',
      adapter: 'a GPU',
      threads: null,
      dispatches: 1188,
      encodeMs: 0.4,
    } as const;
    const backend = {
      name: 'webgpu',
      reason: 'adapter',
      adapter: 'a GPU',
      software: false,
      threads: 1,
    } as const;
    const measured = result([figures('stillroom', 4, onGpu)], { backend });
    expect(cells(measured).slice(4)).toEqual([
      ['Dispatches', '1,188'],
      ['JavaScript time', '0.4 ms'],
      ['Loss', '7.5000'],
    ]);
    expect(machineInWords(measured, t)).toBe('WebGPU on a GPU.');
  });

  test('every one says what it means, with the tokens that a step has', () => {
    const rows = figureRows(result([ours]), t);
    for (const { meaning } of rows) expect(meaning).toMatch(/^[A-Z].*\.$/s);
    expect(rows.find(({ key }) => key === 'tokens')!.meaning).toContain('The 256 tokens');
  });
});

test('losses that differ are said for each engine', () => {
  const measured = result([ours, figures('tfjs', 48, { losses: [8, 9] })], { agree: false });
  expect(lossesInWords(measured, t)).toBe(
    'Losses at the first, the second and the last step: Stillroom (8.0000, 7.5000, 7.0000) and plain TensorFlow.js (8.0000, 9.0000).',
  );
});

test('as text: the verdict, the figures in columns, who failed and why, the machine', () => {
  const failures = [{ engine: 'jax-js', message: 'out of memory.' } as const];
  const text = asText(result([ours, tfjs], { failures, hidden: true }), t);
  expect(text).toMatch(/^Stillroom: On this machine a step takes/);
  expect(text).toContain('\n\tStillroom\tplain TensorFlow.js\nTime of a step\t4 ms\t48 ms\n');
  expect(text).toContain('jax-js could not be measured. It stopped with “out of memory”.');
  expect(text).toContain('out of sight');
  expect(text).toContain('WASM on 4 logical processors.');
});

test('as text: that a GPU is emulated, and a problem in the words of the page', () => {
  const backend = { name: 'webgpu', reason: 'forced', adapter: 'soft', software: true, threads: 1 } as const;
  const problem = { code: 'backendUnavailable', values: { backend: 'WebGPU' } } as const;
  const failures = [{ engine: 'tfjs', message: 'backendUnavailable {}', problem } as const];
  const text = asText(result([ours], { backend, failures }), t);
  expect(text).toContain('emulated');
  expect(text).toContain(
    'plain TensorFlow.js could not be measured. It stopped with “The backend that was asked for does not start”.',
  );
});

test('as text, where nothing could be measured there is no table', () => {
  expect(asText(result([]), t)).not.toContain('\t');
});
