import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { uniformMapping } from '../../src/config/mapping';
import { planOf } from '../../src/config/objective';
import type { ModelShape } from '../../src/methods/method';
import { hiddenLevels, projectionNames, tinybert } from '../../src/methods/tinybert';
import { setUpBackend, testBackends } from '../support/backends';
import { attentionLosses, describeTinybert, hiddenLosses, numbers } from './describeTinybert';

for (const backend of testBackends) describeTinybert(backend);

const parametersOf = (student: Partial<ModelShape>, teacher: Partial<ModelShape>, projection: string) => {
  const plan = { ...planOf({}, { temperature: 1, mapping: [] }), choices: { projection } };
  const { parameters } = tinybert.extra!;
  const shapes = parameters({ student: student as ModelShape, teacher: teacher as ModelShape, plan });
  return Object.fromEntries(Object.entries(shapes).map(([name, { shape }]) => [name, shape]));
};

describe('the layers that TinyBERT compares', () => {
  beforeAll(() => setUpBackend('cpu'));

  it('golden 16: 12 -> 4 takes attention from layers [2, 5, 8, 11] and states from levels [0, 3, 6, 9, 12]', async () => {
    const mapping = uniformMapping(12, 4);
    expect(mapping.map((block) => block - 1)).toEqual([2, 5, 8, 11]);
    expect(hiddenLevels(mapping)).toEqual([0, 3, 6, 9, 12]);
    // A teacher whose layer n says n, and a student that says what it is to be compared with.
    const scores = (n: number) => tf.fill([1, 1, 1, 1], n) as tf.Tensor4D;
    const attention = [2, 5, 8, 11].map(scores);
    const blocks = Array.from({ length: 12 }, (_, n) => scores(n));
    const mask = tf.ones([1, 1]) as tf.Tensor2D;
    expect(await numbers(attentionLosses(attention, blocks, mask, mapping))).toEqual([0, 0, 0, 0]);
    const states = (n: number) => tf.fill([1, 1], n) as tf.Tensor2D;
    const identity = { weight: tf.ones([1, 1]) as tf.Tensor2D, bias: tf.zeros([1]) as tf.Tensor1D };
    const levels = Array.from({ length: 13 }, (_, n) => states(n));
    const hidden = [0, 3, 6, 9, 12].map(states);
    expect(await numbers(hiddenLosses(hidden, levels, identity, mapping))).toEqual([0, 0, 0, 0, 0]);
  });

  it('share one projection, named as TinyBERT does', () => {
    const shapes = parametersOf({ hiddenSize: 312 }, { hiddenSize: 768 }, 'shared');
    expect(shapes).toEqual({ 'fit_dense.weight': [768, 312], 'fit_dense.bias': [768] });
    expect(Object.keys(shapes)).toEqual(Object.values(projectionNames));
  });

  it('have a projection each where the paper is followed', () => {
    expect(parametersOf({ hiddenSize: 6, layers: 1 }, { hiddenSize: 8 }, 'perLevel')).toEqual({
      'fit_dense_0.weight': [8, 6],
      'fit_dense_0.bias': [8],
      'fit_dense_1.weight': [8, 6],
      'fit_dense_1.bias': [8],
    });
  });
});
