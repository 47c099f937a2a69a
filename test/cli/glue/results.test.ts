import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { planFor } from '../../../src/cli/glue/jobs';
import { addResult, readOutcome, readResults } from '../../../src/cli/glue/results';
import { hasWeights, keepWeights, readWeights } from '../../../src/cli/glue/weightFiles';
import { asked, resultsOf } from './samples';

const folder = mkdtempSync(join(tmpdir(), 'glue-'));
afterAll(() => rmSync(folder, { recursive: true }));
const results = [...resultsOf(planFor(asked()), () => 60).values()];

describe('a file of results', () => {
  it('gives back what was put into it', () => {
    const file = join(folder, 'deep', 'whole.jsonl');
    expect(readResults(file)).toEqual(new Map());
    for (const result of results) addResult(file, result);
    expect([...readResults(file).values()]).toEqual(results);
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(results.length);
  });

  it('goes on after a line that was cut off, which is no result', () => {
    const file = join(folder, 'cut.jsonl');
    const [first, second, third] = results;
    addResult(file, first);
    appendFileSync(file, JSON.stringify(second).slice(0, 80));
    expect([...readResults(file).keys()]).toEqual([first.key]);
    addResult(file, third);
    expect([...readResults(file).keys()]).toEqual([first.key, third.key]);
    addResult(file, second);
    expect(readResults(file).get(second.key)).toEqual(second);
  });

  it('takes the newer of two, and nothing that is no result', () => {
    const file = join(folder, 'twice.jsonl');
    const [first] = results;
    addResult(file, first);
    addResult(file, { ...first, seconds: 7 });
    appendFileSync(file, 'null\n7\n{"key":"x"}\n{"key":1,"heldOut":{"accuracy":1},"parameters":1}\n');
    expect([...readResults(file).values()]).toEqual([{ ...first, seconds: 7 }]);
  });
});

it('reads what a process printed, and nothing else', () => {
  const { heldOut, parameters } = results[0];
  expect(readOutcome(JSON.stringify({ heldOut, parameters }))).toEqual({ heldOut, parameters });
  for (const printed of ['', 'null', '{}', '[]', '{"heldOut":{}}', '{"heldOut":{"accuracy":1}}', 'Killed']) {
    expect(readOutcome(printed)).toBeNull();
  }
});

it('keeps weights bit for bit, and only whole', () => {
  const weights = new Map([
    ['a.weight', { shape: [2, 3], data: Float32Array.of(1, -2, 3e-30, 4e30, Math.PI, 0) }],
    ['b', { shape: [1], data: Float32Array.of(0.1) }],
  ]);
  expect(hasWeights(folder, 'k1')).toBe(false);
  keepWeights(folder, 'k1', weights);
  expect(hasWeights(folder, 'k1')).toBe(true);
  expect(readWeights(folder, 'k1')).toEqual(weights);
  expect(() => readWeights(folder, 'k2')).toThrow('k2');
});
