import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Arm, type LossTerm, lossTerms } from '../../src/config/experiment';
import { studentNeeds, teacherNeeds } from '../../src/train/forward';
import { setUpBackend } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { distilled, tinyTrainer, trained, twin } from './tinyExperiment';

const nothing = { ce: 0, mlm: 0, cos: 0, mse: 0, attn: 0, hidn: 0 };
const everything = { ce: 1, mlm: 1, cos: 1, mse: 1, attn: 1, hidn: 1 };
const only = (objective: Partial<Arm['objective']>, changes: Partial<Arm> = {}): Arm => ({
  ...distilled,
  objective: { ...nothing, ...objective },
  ...changes,
});
const termsOf = ({ objective }: Arm): LossTerm[] => lossTerms.filter((term) => objective[term] > 0);
const needsOf = (arm: Arm) => ({
  student: studentNeeds(arm, termsOf(arm)),
  teacher: teacherNeeds([{ arm, terms: termsOf(arm) }]),
});

/** Kernels that one update runs. */
async function kernelsOf(arm: Arm) {
  const trainer = tinyTrainer([arm]);
  await trained(trainer, 1);
  const { kernels } = await tf.profile(() => {
    trainer.trainStep();
    return tf.scalar(0);
  });
  trainer.dispose();
  return kernels.map(({ name }) => name);
}

describe('the terms of an arm', () => {
  beforeAll(() => setUpBackend('wasm'));

  // Their values are held to PyTorch's in describeGoldenStep.ts.
  it.each(lossTerms)('compute %s alone where only that has a weight, as beside all others', async (term) => {
    const [alone, beside] = [tinyTrainer([only({ [term]: 3 })]), tinyTrainer([only(everything)])];
    const [[{ arms }], [all]] = [await trained(alone, 1), await trained(beside, 1)];
    const { total, terms } = arms.distilled;
    expect(Object.keys(terms)).toEqual([term]);
    closeTo([terms[term]!, total], [all.arms.distilled.terms[term]!, 3 * terms[term]!], 1e-5);
    for (const trainer of [alone, beside]) trainer.dispose();
  });

  it('project the vocabulary for all tokens only where a loss is taken there', () => {
    const everywhere = needsOf(only({ ce: 1 }));
    expect(everywhere.student).toMatchObject({ allLogits: true, maskedLogits: false });
    expect(everywhere.teacher).toMatchObject({ allLogits: true, maskedLogits: false });
    const restricted = needsOf(only({ ce: 1, mse: 1 }, { positions: 'masked' }));
    expect(restricted.student).toMatchObject({ allLogits: false, maskedLogits: true });
    expect(restricted.teacher).toMatchObject({ allLogits: false, maskedLogits: true });
    expect(needsOf(only({ cos: 1 })).student).toMatchObject({ allLogits: false, maskedLogits: false });
    expect(needsOf(only({ cos: 1 })).teacher).toMatchObject({ allLogits: false, maskedLogits: false });
  });

  it('ask the teacher for nothing where nothing is learned from it, and for scores only where they are compared', () => {
    expect(needsOf(twin).teacher).toBeNull();
    expect(needsOf(only({ attn: 1 })).teacher?.scores).toBe(true);
    expect(needsOf(only({ hidn: 1 })).teacher?.scores).toBe(false);
  });

  it('ask the teacher for what any arm needs, whatever order they are in', () => {
    const arms = [only({ attn: 1 }), only({ ce: 1 }, { positions: 'masked' }), only({ mse: 1 }), twin];
    const needs = { allLogits: true, maskedLogits: true, scores: true };
    for (const order of [arms, arms.toReversed()]) {
      expect(teacherNeeds(order.map((arm) => ({ arm, terms: termsOf(arm) })))).toEqual(needs);
    }
  });

  it('run none of the kernels of a term that has no weight', async () => {
    const own = ['StillroomVocabularyLoss', 'StillroomCosineLoss', 'StillroomSquaredError'];
    const expected: Record<LossTerm, string[]> = {
      ce: [own[0]],
      mlm: [own[0]],
      cos: [own[1]],
      mse: [],
      attn: [own[2]],
      hidn: [own[2]],
    };
    for (const term of lossTerms) {
      const kernels = await kernelsOf(only({ [term]: 1 }));
      expect(own.filter((name) => kernels.includes(name))).toEqual(expected[term]);
    }
  });
});
