import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { armNameParts } from '../../src/config/armNames';
import { presets } from '../../src/config/presets';
import type { EvaluationPoint } from '../../src/config/results';
import {
  bestEvaluation,
  isGettingWorse,
  isTeacherInTraining,
  stepsForText,
} from '../../src/config/teacherTraining';
import { continuedTeacher, scratchTeacher } from '../../src/store/edits';

const text = { kind: 'own', id: '0123456789abcdef', name: 'Mine' } as const;

/** Evaluations of a sample every ten steps, with these held-out losses. */
const evaluationsWith = (losses: number[], extent: EvaluationPoint['extent'] = 'sample') =>
  losses.map((loss, index): EvaluationPoint => {
    const heldOut = { loss, accuracy: 0.1, agreement: null, klToTeacher: null };
    const losses = { total: loss, terms: { mlm: loss }, gradientNorm: null };
    return {
      step: 10 * index,
      extent,
      sequences: 8,
      maskedWords: 40,
      teacher: null,
      arms: { 'from-scratch': { ...heldOut, losses, attention: null } },
    };
  });

describe('a teacher in training', () => {
  it('is told from students, and named as what it is', () => {
    const scratch = scratchTeacher(text, 512, presets.tiny.arms[0].student);
    for (const experiment of [scratch, continuedTeacher(presets.distilbert, text, null)]) {
      expect(isTeacherInTraining(experiment)).toBe(true);
      expect(armNameParts(experiment.arms)).toEqual([[{ code: 'teacherInTraining' }]]);
    }
    for (const preset of Object.values(presets)) expect(isTeacherInTraining(preset)).toBe(false);
    const alone = { arms: [presets.distilbert.arms[1]] };
    expect(isTeacherInTraining(alone)).toBe(false);
    const [arm] = scratch.arms;
    expect(isTeacherInTraining({ arms: [arm, { ...arm, id: 'arm-2' }] })).toBe(false);
    expect(isTeacherInTraining({ arms: [{ ...arm, weights: { ...arm.weights, ce: 1 } }] })).toBe(false);
  });

  it('takes the steps that suit its text', () => {
    expect(stepsForText('continued', 1000, 16)).toBe(190);
    expect(stepsForText('scratch', 1000, 32)).toBe(1300);
    expect([1, 1e6].map((sequences) => stepsForText('continued', sequences, 16))).toEqual([60, 600]);
    expect([1, 1e6].map((sequences) => stepsForText('scratch', sequences, 32))).toEqual([300, 4000]);
    expect(stepsForText('scratch', null, 32)).toBe(2000);
    expect(scratchTeacher(text, 512, presets.tiny.arms[0].student, 1000).training).toMatchObject({
      steps: 1300,
      evaluateEvery: 65,
    });
  });
});

describe('isGettingWorse', () => {
  it('is true where the loss has risen at five evaluations', () => {
    const losses = [7, 6, 5.6, 5.7, 6.1, 6.6, 7, 7.3];
    expect(isGettingWorse(evaluationsWith(losses))).toBe(true);
    expect(isGettingWorse(evaluationsWith(losses.slice(0, -1)))).toBe(false);
    expect(bestEvaluation(evaluationsWith(losses))).toEqual({ step: 20, loss: 5.6 });
  });

  it('is false for noise, for what creeps up by less than 1 %, and before there is enough to tell', () => {
    expect(isGettingWorse([])).toBe(false);
    expect(isGettingWorse(evaluationsWith([5, 6, 7, 8, 9]))).toBe(false);
    expect(isGettingWorse(evaluationsWith([7, 6, 5.6, 5.7, 5.58, 5.9, 5.8, 5.9, 5.8]))).toBe(false);
    expect(isGettingWorse(evaluationsWith([7, 6, 5, 5.1, 5.1, 5.04, 5.2, 5.2]))).toBe(false);
    expect(isGettingWorse(evaluationsWith([7, 5, 6, 6, 6, 6, 6], 'full'))).toBe(false);
  });

  it('lets a teacher that is trained on lose a little before it gains', () => {
    expect(isGettingWorse(evaluationsWith([2.89, 3.06, 2.98, 2.93, 2.9, 2.85]))).toBe(false);
  });

  it('never ends a run whose loss falls, and always one whose loss rises for good', () => {
    const losses = fc.array(fc.double({ min: 1, max: 9, noNaN: true }), { minLength: 4, maxLength: 40 });
    fc.assert(
      fc.property(losses, (values) => {
        const falling = values.toSorted((a, b) => b - a);
        expect(isGettingWorse(evaluationsWith(falling))).toBe(false);
        const least = Math.min(...values);
        const risen = [...values, ...[1.1, 1.2, 1.3, 1.4, 1.5].map((times) => least * times)];
        expect(isGettingWorse(evaluationsWith(risen))).toBe(true);
      }),
    );
  });

  it('takes no account of a loss that is not a number', () => {
    expect(bestEvaluation(evaluationsWith([Number.NaN, 6, Number.NaN]))).toEqual({ step: 10, loss: 6 });
  });
});
