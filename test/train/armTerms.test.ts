import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Arm } from '../../src/config/experiment';
import { trainBatch } from '../../src/data/batches';
import { copiedWeights } from '../../src/model/initialise';
import { armTerms } from '../../src/train/armTerms';
import { batchTensors } from '../../src/train/batchTensors';
import { forward, needsAllLogits, teacherPass } from '../../src/train/forward';
import { frozenModel, studentShape, trainedArm } from '../../src/train/model';
import { trainStep } from '../../src/train/step';
import { setUpBackend } from '../support/backends';
import { corpus, distilled, experimentOf, teacher, twin } from './tinyExperiment';

const { training } = experimentOf([distilled]);
const batch = trainBatch(corpus, training, 0, 0);
const key = { seed: 1, step: 0 };
const only = (objective: Partial<Arm['objective']>, changes: Partial<Arm> = {}): Arm => ({
  ...distilled,
  objective: { ce: 0, mlm: 0, cos: 0, mse: 0, ...objective },
  ...changes,
});
const modelOf = (arm: Arm) => {
  const shape = studentShape(arm, teacher.shape);
  return trainedArm(arm, shape, copiedWeights(teacher.weights, shape, [2]));
};
const frozen = () => frozenModel(teacher.shape, teacher.weights);

function termsOf(arm: Arm) {
  const tensors = batchTensors(batch, teacher.shape.vocabularySize);
  const pass = teacherPass(frozen(), tensors, [arm], key);
  const student = forward(modelOf(arm), tensors, needsAllLogits(arm));
  return { terms: armTerms(arm, student, tensors, pass), student, pass };
}

/** Kernels that one update runs. */
async function kernelsOf(arm: Arm) {
  const model = modelOf(arm);
  const teacherModel = frozen();
  const { kernels } = await tf.profile(() => trainStep(teacherModel, [model], training, [batch], 1).values);
  return kernels.map(({ name }) => name);
}

describe('the terms of an arm', () => {
  beforeAll(() => setUpBackend('wasm'));

  it.each(['ce', 'mlm', 'cos', 'mse'] as const)('compute %s alone where only that has a weight', (term) => {
    expect(Object.keys(termsOf(only({ [term]: 1 })).terms)).toEqual([term]);
  });

  it('project the vocabulary for all tokens only where a loss is taken there', () => {
    const positions = 'masked';
    expect(termsOf(only({ ce: 1 })).student.allLogits).not.toBeNull();
    for (const arm of [twin, only({ cos: 1 }), only({ ce: 1, mse: 1 }, { positions })]) {
      const { student, pass } = termsOf(arm);
      expect(student.allLogits).toBeNull();
      expect(pass.allLogits).toBeNull();
    }
  });

  it('run none of the kernels of a term that has no weight', async () => {
    const count = async (arm: Arm) => (await kernelsOf(arm)).length;
    const mlm = await count(only({ mlm: 1 }));
    for (const term of ['ce', 'cos', 'mse'] as const) {
      expect(await count(only({ mlm: 1, [term]: 1 }))).toBeGreaterThan(mlm);
    }
    const oneHots = (await kernelsOf(only({ cos: 1 }))).filter((name) => name === 'OneHot');
    expect(oneHots).toEqual([]);
  });

  it('share the soft targets of arms at the same T and positions, and no others', () => {
    const tensors = batchTensors(batch, teacher.shape.vocabularySize);
    const arms: Arm[] = [
      { ...distilled, id: 'a' },
      { ...distilled, id: 'b' },
      { ...distilled, id: 'hot', temperature: 4 },
      { ...distilled, id: 'masked', positions: 'masked' },
      { ...distilled, id: 'shuffled', softTargets: 'shuffled' },
      twin,
    ];
    const { targets } = teacherPass(frozen(), tensors, arms, key);
    expect([...targets.keys()]).toEqual(['a', 'b', 'hot', 'masked', 'shuffled']);
    expect(targets.get('a')).toBe(targets.get('b'));
    expect(new Set(targets.values()).size).toBe(4);
  });
});
