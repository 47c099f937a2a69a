import { describe, expect, it } from 'vitest';
import { uniformMapping } from '../../src/config/mapping';
import { hiddenLevels, projectionNames, projectionShapes } from '../../src/distill/tinybert';
import { testBackends } from '../support/backends';
import { describeTinybert } from './describeTinybert';

for (const backend of testBackends) describeTinybert(backend);

describe('the layers that TinyBERT compares', () => {
  it('golden 16: 12 -> 4 takes attention from layers [2, 5, 8, 11] and states from levels [0, 3, 6, 9, 12]', () => {
    const mapping = uniformMapping(12, 4);
    expect(mapping.map((block) => block - 1)).toEqual([2, 5, 8, 11]);
    expect(hiddenLevels(mapping)).toEqual([0, 3, 6, 9, 12]);
  });

  it('share one projection, named as TinyBERT does', () => {
    expect(projectionShapes(768, 312)).toEqual({ 'fit_dense.weight': [768, 312], 'fit_dense.bias': [768] });
    expect(Object.keys(projectionShapes(8, 6))).toEqual(Object.values(projectionNames));
  });
});
