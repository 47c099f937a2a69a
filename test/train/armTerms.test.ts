import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Arm, type LossTerm, lossTerms } from '../../src/config/experiment';
import { studentNeeds, teacherNeeds } from '../../src/train/forward';
import { setUpBackend } from '../support/backends';
import { distilled, tinyTrainer, trained, twin } from './tinyExperiment';

const nothing = { ce: 0, mlm: 0, cos: 0, mse: 0, attn: 0, hidn: 0 };
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

  it.each(lossTerms)('compute %s alone where only that has a weight', async (term) => {
    const trainer = tinyTrainer([only({ [term]: 1 })]);
    const [{ arms }] = await trained(trainer, 1);
    expect(Object.keys(arms.distilled.terms)).toEqual([term]);
    expect(arms.distilled.terms[term]).toBeGreaterThan(0);
    expect(arms.distilled.gradientNorm).toBeGreaterThan(0);
    trainer.dispose();
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

  it('run none of the kernels of a term that has no weight', async () => {
    const mlm = (await kernelsOf(only({ mlm: 1 }))).length;
    for (const term of ['ce', 'cos', 'mse', 'attn', 'hidn'] as const) {
      expect((await kernelsOf(only({ mlm: 1, [term]: 1 }))).length).toBeGreaterThan(mlm);
    }
    expect(await kernelsOf(only({ cos: 1 }))).not.toContain('StillroomVocabularyLoss');
  });
});
