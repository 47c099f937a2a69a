import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { armNameParts } from '../../src/config/armNames';
import type { Arm } from '../../src/config/experiment';
import { everyPreset, presets } from '../../src/config/presets';
import { armName } from '../../src/i18n/armName';
import { i18next } from '../../src/i18n/i18n';
import { anyArm } from './anyExperiment';

/** Names in brief: codes with their values. */
const names = (arms: Arm[]) =>
  armNameParts(arms).map((parts) =>
    parts.map(({ code, ...values }) => [code, ...Object.values(values)].join(' ')).join(', '),
  );
const [distilled, twin]: Arm[] = presets.distilbert.arms;

/** Every version of every preset by the names that a page shows, the first of them as they were before. */
const presetArms: Record<string, string[]> = {
  distilbert: ['distilled', 'no teacher'],
  tiny: ['distilled', 'no teacher'],
  'distilbert.2': ['distilled', 'no teacher'],
  temperature: ['T = 1', 'T = 2', 'T = 4', 'T = 8'],
  'temperature.2': ['T = 1', 'T = 2', 'T = 4', 'T = 8'],
  ablation: ['distilled', 'no L_ce', 'no L_mlm', 'no L_cos', 'random start'],
  shuffled: ['distilled', 'shuffled teacher', 'no teacher'],
  // What version 1 called L_hidn holds the embeddings' level too.
  tinybert: ['distilled', 'L_ce', 'no teacher'],
  'tinybert.2': ['distilled', 'L_pred', 'random start', 'L_pred, random start'],
  'tinybert-sizes': [
    'projected start, depth 1, width 52, feed-forward 200',
    'depth 2, width 128, feed-forward 512',
  ],
  mapping: ['mapped to 2, 4', 'mapped to 3, 4', 'mapped to 1, 2', 'drawn in each epoch'],
  teachers: ['distilled', 'taught by a random teacher', 'mean of probabilities', 'no teacher'],
  assistant: ['distilled', 'taught by the assistant', 'no teacher'],
  early: ['distilled', 'taught by the early checkpoint', 'mean of probabilities', 'no teacher'],
  mutual: [
    ...['taught by the other, random start, width 64', 'taught by the other, width 128'],
    ...['no teacher, random start, width 64', 'no teacher, width 128'],
  ],
  'born-again': ['distilled', 'no teacher'],
  conventions: ['distilled', 'cross-entropy', 'without T²', 'masked tokens only', 'teacher at T = 1'],
  hinton: ['T = 1', 'T = 4', 'T = 16', 'L_mse', 'no teacher'],
  logits: ['L_mse', 'L_ce', 'no teacher'],
  'pseudo-labels': ['pseudo-labels', 'L_ce', 'no teacher'],
  jsd: ['β = 0', 'β = 0.5', 'β = 1', 'no teacher'],
  'dark-knowledge': [
    ...['distilled', 'shuffled teacher', 'smoothed labels', 'right word only', 'top words only'],
    'no teacher',
  ],
  omitted: ['distilled', 'right word only', 'no teacher'],
  dkd: ['L_TCKD + L_NCKD', 'L_TCKD', 'L_NCKD', 'L_ce', 'no teacher'],
  standardised: ['standardised logits', 'L_ce', 'no teacher'],
  annealing: ['annealing', 'L_mse', 'no teacher'],
  ctkd: ['learned T', 'L_ce', 'no teacher'],
  minilm: ['distilled', 'no L_AT, no L_VR', 'no teacher'],
  minilmv2: ['distilled', 'L_ce', 'no teacher'],
  pkd: ['distilled', 'no L_PT', 'no teacher'],
  theseus: ['BERT-of-Theseus', 'no teacher'],
  'tinybert-task': ['distilled', 'no teacher', 'no teacher, random start'],
  'distilbert-task': ['distilled, then no teacher', 'distilled', 'no teacher'],
  'fine-tune': ['no teacher', 'distilled', 'no teacher, random start', 'random start'],
};

describe('armNameParts', () => {
  it.each([...everyPreset()])('names the arms of %s by what sets them apart', (name, { arms, others }) => {
    const words = armNameParts(arms, others).map((parts) => armName(parts, i18next.t));
    expect(new Set(words).size).toBe(words.length);
    // A preset that is added belongs into the list above, once its names have been looked at.
    expect(words).toEqual(presetArms[name]);
  });

  it('names a single arm', () => {
    expect(names([distilled])).toEqual(['distilled']);
    expect(names([twin])).toEqual(['hardLabels']);
  });

  it('leaves the temperature unsaid where it has no effect', () => {
    const withoutCe = { ...distilled, weights: { mlm: 2, cos: 1 }, temperature: 8 };
    expect(names([distilled, withoutCe, twin])).toEqual(['distilled', 'without ce', 'noTeacher']);
  });

  it.each<[string, Partial<Arm>, string[]]>([
    ['temperature', { temperature: 4 }, ['temperature 2', 'temperature 4', 'noTeacher']],
    [
      'weights',
      { weights: { ...distilled.weights, ce: 1, mlm: 1 } },
      ['weights 5/2/1', 'weights 1/1/1', 'noTeacher'],
    ],
    [
      'weights of layer losses',
      { weights: { ...distilled.weights, ce: 1, hidn: 3 } },
      ['without hidn, weights 5/2/1/0', 'weights 1/2/1/3', 'noTeacher'],
    ],
    ['positions', { positions: 'masked' }, ['distilled', 'maskedOnly', 'noTeacher']],
    [
      'a loss in place of another',
      { weights: { mlm: 2, tckd: 1 } },
      ['terms ce,cos', 'method dkd', 'noTeacher'],
    ],
    [
      'a method that compares nothing',
      { weights: { mlm: 2 }, choices: { blocks: 'replacing' } },
      ['distilled', 'method theseus', 'noTeacher'],
    ],
    ['depth', { student: { ...distilled.student, layers: 3 } }, ['distilled', 'depth 3', 'noTeacher']],
    [
      'copied blocks',
      { initialisation: { kind: 'copy', blocks: [1, 2] } },
      ['distilled', 'copied 1, 2', 'noTeacher'],
    ],
    ['nothing', {}, ['distilled', 'distilled, number 2', 'noTeacher']],
  ])('names a fork that differs in %s', (_, changes, expected) => {
    expect(names([distilled, { ...distilled, id: 'fork', ...changes }, twin])).toEqual(expected);
  });

  it('gives every arm a name of its own', () => {
    const arm = fc.oneof(anyArm, fc.constantFrom(...presets.ablation.arms));
    fc.assert(
      fc.property(fc.array(arm, { minLength: 1, maxLength: 6 }), (arms) => {
        const all = names(arms);
        expect(new Set(all).size).toBe(all.length);
        expect(all).not.toContain('');
      }),
    );
  });
});
