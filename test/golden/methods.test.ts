/** methods.json is whole; what is computed is held to it in test/methods/describeGoldens.ts. */
import { describe, expect, it } from 'vitest';
import { caseOf, casesOf, type InputName, input, methods } from './methods';

const { mask, labels, gold, lengths, sizes } = methods;

describe('methods.json', () => {
  it('has inputs whose numbers are as many as their shapes say, each the nearest to a float32', () => {
    for (const [name, { shape, values }] of Object.entries(methods.inputs)) {
      expect(values, name).toHaveLength(shape.reduce((a, b) => a * b, 1));
      for (const value of values) expect(Number(Math.fround(value).toPrecision(6)), name).toBe(value);
    }
  });

  it('has gradients of the shapes of their inputs, and none that is all 0', () => {
    for (const { term, gradients } of methods.cases) {
      expect(Object.keys(gradients), term).not.toEqual([]);
      for (const [name, { shape, values }] of Object.entries(gradients)) {
        expect(shape, `${term}, ${name}`).toEqual(input(name as InputName).shape);
        expect(
          values.some((value) => value !== 0),
          `${term}, ${name}`,
        ).toBe(true);
      }
    }
  });

  it('has no two cases of one term and the same settings', () => {
    const keys = methods.cases.map(({ term, settings }) => JSON.stringify([term, settings]));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('labels some of the real tokens, with the words of the text', () => {
    expect(mask).toEqual(
      lengths.flatMap((length) => Array.from({ length: sizes.L }, (_, i) => +(i < length))),
    );
    const labelled = labels.flatMap((label, row) => (label >= 0 ? [row] : []));
    expect(labelled.length).toBeGreaterThanOrEqual(4);
    for (const row of labelled) expect([mask[row], gold[row]]).toEqual([1, labels[row]]);
  });

  it('says so where a case is asked for that it does not have', () => {
    expect(() => casesOf('jsd', { beta: 0.3 })).toThrow('jsd {"beta":0.3}');
    expect(() => caseOf('jsd', { beta: 0.5 })).toThrow('3 cases');
    expect(caseOf('attn', { heads: [1, 0], transform: 'scores', padding: 'counted' }).value).toBeGreaterThan(
      0,
    );
  });
});
