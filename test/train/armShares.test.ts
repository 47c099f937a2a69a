import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Arm, Weights } from '../../src/config/experiment';
import { studentNeeds, teacherNeeds } from '../../src/config/needs';
import { termsOf } from '../../src/config/objective';
import { type TermId, termIds } from '../../src/methods/registry';
import { armShares } from '../../src/train/armShares';
import type { BatchTensors } from '../../src/train/batchTensors';
import type { Forward } from '../../src/train/forward';
import { pairOf } from '../../src/train/pairs';
import { setUpBackend } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { deeper, shape, tinyTrainer, trained, twin } from './tinyExperiment';

const everything: Weights = Object.fromEntries(termIds.map((term) => [term, 1]));
const only = (weights: Weights, changes: Partial<Arm> = {}): Arm => ({ ...deeper, weights, ...changes });
const asAsked = (arm: Arm) => ({
  arm,
  terms: termsOf(arm),
  pair: pairOf({ ...arm.student, vocabularySize: shape.vocabularySize }, shape, arm),
});
const needsOf = (arm: Arm) => ({
  student: studentNeeds(arm, termsOf(arm)),
  teacher: teacherNeeds([asAsked(arm)]),
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
  it.each(termIds)('compute %s alone where only that has a weight, as beside all others', async (term) => {
    const [alone, beside] = [tinyTrainer([only({ [term]: 3 })]), tinyTrainer([only(everything)])];
    const [[{ arms }], [all]] = [await trained(alone, 1), await trained(beside, 1)];
    const { total, terms } = arms.distilled;
    expect(Object.keys(terms)).toEqual([term]);
    closeTo([terms[term]!, total], [all.arms.distilled.terms[term]!, 3 * terms[term]!], 1e-5);
    for (const trainer of [alone, beside]) trainer.dispose();
  });

  it.each([
    ['probabilities', 0],
    ['logits', 1],
  ] as const)('take the first guess of several teachers’ mean of %s', (mean, guess) => {
    const passOf = (...logits: number[]) =>
      ({ allLogits: tf.tensor2d([logits]), encoder: { qkv: [] } }) as unknown as Forward;
    const taughtBy = { kind: 'ensemble', mean } as const;
    const arm = only({ pseudo: 1, mse: 1 }, { taughtBy, temperature: 8 });
    const all = { shares: tf.tensor1d([1]) };
    const pass = (term: TermId) => ({
      arm,
      pair: asAsked(arm).pair,
      terms: [term],
      student: passOf(1, 2, 4),
      // One is sure of the first word, one of the last, and both hold the second possible.
      teachers: [passOf(3.5, 2, -20), passOf(-20, 2, 3)],
      batch: { rows: { all }, input: {}, sizes: {} } as unknown as BatchTensors,
      parameters: {},
      scalars: {
        temperature: tf.tensor1d([8]),
        teacherTemperature: tf.tensor1d([0]),
        scalar: () => all.shares,
      },
    });
    const [{ shares }] = armShares(pass('pseudo'));
    const logSum = Math.log(Math.exp(1) + Math.exp(2) + Math.exp(4));
    closeTo([shares.sum().dataSync()[0]], [logSum - [1, 2, 4][guess]], 1e-5);
    // Of a mean of probabilities there are no logits to compare.
    const compared = () => armShares(pass('mse'))[0].shares.sum().dataSync()[0];
    if (mean === 'probabilities') expect(compared).toThrow('logits');
    else closeTo([compared()], [9.25 ** 2 + 12.5 ** 2], 1e-5);
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
    expect(needsOf(only({ valueKl: 1 })).teacher).toMatchObject({ scores: false, qkv: [2] });
    const earlier = only({ relV: 1 }, { dials: { layersBeforeLast: 1 } });
    expect(needsOf(earlier).teacher).toMatchObject({ allLogits: false, maskedLogits: false, qkv: [1] });
    expect(needsOf(earlier).student).toMatchObject({ allLogits: false, maskedLogits: false, qkv: [2] });
  });

  it('ask the teacher for what any arm needs, whatever order they are in', () => {
    const arms = [
      only({ attn: 1 }),
      only({ ce: 1 }, { positions: 'masked' }),
      only({ mse: 1 }),
      only({ relQ: 1 }),
      twin,
    ];
    const needs = { allLogits: true, maskedLogits: true, scores: true, qkv: [2] };
    for (const order of [arms, arms.toReversed()]) {
      expect(teacherNeeds(order.map(asAsked))).toEqual(needs);
    }
  });

  it('run none of the kernels of a term that has no weight', async () => {
    const expected: Record<TermId, string> = {
      ce: 'VocabularyLoss',
      mlm: 'VocabularyLoss',
      cos: 'CosineLoss',
      mse: 'LogitDistance',
      attn: 'SquaredError',
      embd: 'SquaredError',
      hidn: 'SquaredError',
      pred: 'VocabularyLoss',
      pseudo: 'VocabularyLoss',
      jsd: 'Divergence',
      tckd: 'DecoupledLoss',
      nckd: 'DecoupledLoss',
      zscore: 'StandardisedLoss',
      anneal: 'LogitDistance',
      ctkd: 'VocabularyLoss',
      attnKl: 'RelationLoss',
      valueKl: 'RelationLoss',
      relQ: 'RelationLoss',
      relK: 'RelationLoss',
      relV: 'RelationLoss',
      // A few numbers of plain tfjs.
      patient: '',
    };
    const own = new Set(Object.values(expected).filter((name) => name !== ''));
    for (const term of termIds) {
      const kernels = await kernelsOf(only({ [term]: 1 }));
      const run = [...own].filter((name) => kernels.includes(`Stillroom${name}`));
      expect(run, term).toEqual(expected[term] === '' ? [] : [expected[term]]);
    }
  });
});
