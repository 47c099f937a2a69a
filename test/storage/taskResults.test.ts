import { expect, it } from 'vitest';
import { presets } from '../../src/config/presets';
import { written } from '../../src/config/upgrade';
import { parseTaskResult, writtenTaskResult } from '../../src/storage/taskResults';
import { sampleResult } from '../store/sampleResult';

const result = sampleResult({ kind: 'task', id: 'same' }, 1, { teacher: 18, tinybert: 16, labels: 12 });
const asKept = structuredClone(writtenTaskResult(result));

it('a result comes back as it was', () => {
  expect(parseTaskResult(asKept)).toEqual(result);
  expect(parseTaskResult({ ...asKept, teacher: null })).toEqual({ ...result, teacher: null });
});

it('what is none is not believed', () => {
  const model = { value: 0.5, parameters: 10 };
  for (const broken of [
    null,
    7,
    {},
    { ...asKept, extra: 1 },
    { ...asKept, metric: 'loss' },
    { ...asKept, rows: 0 },
    { ...asKept, savedAt: Number.NaN },
    { ...asKept, arms: {} },
    { ...asKept, arms: { nobody: model } },
    { ...asKept, arms: { tinybert: { ...model, value: 1.5 } } },
    { ...asKept, arms: { tinybert: { ...model, parameters: 0.5 } } },
    { ...asKept, experiment: { ...asKept.experiment, version: 99 } },
    // It ends on text.
    { ...asKept, arms: { distilled: model }, experiment: written(presets.tiny) },
  ]) {
    expect(parseTaskResult(broken)).toBeNull();
  }
});
