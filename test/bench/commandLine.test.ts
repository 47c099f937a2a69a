import { expect, test } from 'vitest';
import type { BenchEntry } from '../../src/bench/entry';
import { type BenchOptions, readOptions } from '../../tools/bench/options';
import { planOf } from '../../tools/bench/plan';
import { withReport } from '../../tools/bench/report';
import { markdownTables } from '../../tools/bench/tables';

const read = (...parameters: string[]) => readOptions(parameters) as BenchOptions;

test('without options everything is measured', () => {
  expect(read()).toEqual({
    quick: false,
    json: false,
    write: false,
    node: false,
    backends: ['webgpu', 'wasm'],
    workloads: ['small', 'mid', 'large', 'default', 'growth', 'methods', 'page'],
    engines: ['stillroom', 'tfjs', 'jax-js'],
  });
});

test('a quick run has small and mid, unless workloads are named', () => {
  expect(read('--quick').workloads).toEqual(['small', 'mid']);
  expect(read('--quick', '--workload', 'default').workloads).toEqual(['default']);
});

test('names are checked', () => {
  expect(() => read('--backend', 'webgl')).toThrow('--backend is webgl, but there are webgpu, wasm.');
  expect(() => read('--workload', 'huge')).toThrow('--workload is huge');
  expect(() => read('--frobnicate')).toThrow();
});

test('peers run the plain step on one student; what only we can run is ours', () => {
  const plan = planOf(read('--backend', 'wasm'), ['stillroom', 'tfjs', 'jax-js']);
  const engines = Object.fromEntries(plan.map(({ workload, engines }) => [workload.name, engines.join(' ')]));
  expect(engines).toMatchObject({ small: 'stillroom tfjs jax-js', large: 'stillroom tfjs jax-js' });
  expect(engines).toMatchObject({ default: 'stillroom', 'mid:arms=3': 'stillroom' });
  expect(planOf(read('--engine', 'tfjs'), ['tfjs']).map(({ workload }) => workload.name)).toEqual([
    'small',
    'mid',
    'large',
    'small',
    'mid',
    'large',
  ]);
});

const entry: BenchEntry = {
  engine: 'jax-js',
  backend: 'webgpu',
  adapter: 'a GPU',
  workload: 'mid',
  threads: null,
  dispatches: 1536,
  encodeMs: 4.321,
  stepMs: 812.4,
  pipelinedMs: null,
  firstStepMs: 5000,
  tokensPerSecond: 630.2,
  peakBytes: 112_400_000,
  matmulFraction: null,
  losses: [8.16375, 8.0937],
};

test('a table has the columns that someone has a figure for', () => {
  expect(markdownTables([entry])).toBe(
    [
      '### WebGPU, `mid`',
      '',
      '| engine | dispatches | encode, ms | step, ms | first step, ms | tokens/s | peak, MB | losses |',
      '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
      '| jax-js | 1,536 | 4.32 | 812 | 5,000 | 630 | 112 | 8.1638, 8.0937 |',
    ].join('\n'),
  );
});

test('growth is told beside one arm of mid', () => {
  const ours = { ...entry, engine: 'stillroom', backend: 'wasm', matmulFraction: 0.25 } as const;
  const text = markdownTables([
    { ...ours, workload: 'mid:arms=1', stepMs: 40, pipelinedMs: 30 },
    { ...ours, workload: 'mid:arms=2', stepMs: 70, pipelinedMs: 45 },
  ]);
  expect(text).toContain('### WASM: growth of a step');
  expect(text).toContain('| arms 2 | 70 | 45 | 1.5 | 25 % |');
});

test('a report replaces what is between the markers and nothing else', () => {
  const begin = '<!-- figures: begin (written by npm run bench -- --write) -->';
  const document = `above\n${begin}\nold\n<!-- figures: end -->\nbelow\n`;
  const written = withReport(document, 'new\n');
  expect(written).toBe(`above\n${begin}\n\nnew\n\n<!-- figures: end -->\nbelow\n`);
  expect(withReport(written, 'new\n')).toBe(written);
  expect(() => withReport('no markers', 'new')).toThrow('markers');
});
