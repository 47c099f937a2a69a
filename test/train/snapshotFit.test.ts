import { expect, it } from 'vitest';
import { problemOf } from '../../src/config/problems';
import type { ArmState } from '../../src/train/snapshot';
import { requireFit } from '../../src/train/snapshotFit';

const query = 'bert.encoder.layer.0.attention.self.query.bias';
const key = 'bert.encoder.layer.0.attention.self.key.bias';
const value = 'bert.encoder.layer.0.attention.self.value.bias';
const bias = 'cls.predictions.bias';

const arms = (...more: string[]) => [
  {
    arm: { id: 'distilled' },
    weights: {
      parts: {
        'bert.encoder.layer.0.attention.self.qkv.bias': { size: 6 },
        [bias]: { size: 3 },
        ...Object.fromEntries(more.map((name) => [name, { size: 4 }])),
      },
    },
  },
];

const tensors = () => ({
  [query]: new Float32Array(2),
  [key]: new Float32Array(2),
  [value]: new Float32Array(2),
  [bias]: new Float32Array(3),
});
const state = (): ArmState => ({ parameters: tensors(), moments: { first: tensors(), second: tensors() } });

const fault = (edit: (state: ArmState) => void, of = arms()) => {
  const edited = state();
  edit(edited);
  try {
    requireFit(of, { distilled: edited });
    return null;
  } catch (error) {
    return problemOf(error);
  }
};

it('takes a snapshot of the same tensors', () => {
  expect(fault(() => {})).toBeNull();
});

it('names the tensor that is missing, too short, too long or too much', () => {
  const at = (part: string) => ({ code: 'keptBroken', values: { part: `arms.distilled.${part}` } });
  expect(fault((s) => delete s.parameters[key])).toEqual(at(`parameters.${key}`));
  expect(fault((s) => (s.moments.first[bias] = new Float32Array(2)))).toEqual(at(`first.${bias}`));
  expect(fault((s) => (s.moments.second[value] = new Float32Array(3)))).toEqual(at(`second.${value}`));
  expect(fault((s) => (s.parameters.pooler = new Float32Array(1)))).toEqual(at('parameters.pooler'));
  expect(() => requireFit(arms(), {})).toThrow(/arms\.distilled/);
});

it('lets a projection of the hidden states come and go, at its own length', () => {
  const projection = 'fit_dense.weight';
  const withOne = (length: number) => (s: ArmState) => {
    for (const kind of [s.parameters, s.moments.first, s.moments.second])
      kind[projection] = new Float32Array(length);
  };
  expect(fault(() => {}, arms(projection))).toBeNull();
  expect(fault(withOne(4), arms(projection))).toBeNull();
  expect(fault(withOne(4))).toBeNull();
  expect(fault(withOne(5), arms(projection))?.values?.part).toContain(projection);
});
