import { describe, expect, it } from 'vitest';
import type { Arm } from '../../src/config/experiment';
import { presetNames, presets } from '../../src/config/presets';
import { presetGroups } from '../../src/config/presets/groups';
import { pairOf } from '../../src/config/sources';
import { bundledTeachers } from '../../src/config/teachers';
import { choiceIds, listIds, optionsOf, ownerOfChoice, termIds, termOf } from '../../src/methods/registry';
import { beginsWith } from '../../src/ui/controls/useTypeAhead';
import { fitOf, startingWeight } from '../../src/ui/panels/experiment/addable';
import { isAsked } from '../../src/ui/panels/experiment/asked';

const teacher = bundledTeachers['stories-4x128'];
const [wide] = presets.distilbert.arms;
const [otherHeads] = presets.minilmv2.arms;

describe('what an arm can be given', () => {
  it('is every loss for a student of the teacher’s own proportions', () => {
    for (const term of termIds) expect(fitOf(term, wide, teacher), term).toEqual({ kind: 'fits' });
  });

  it('is what needs no teacher where there is none', () => {
    const kinds = termIds.map((term) => [term, fitOf(term, wide, null).kind]);
    expect(kinds.filter(([, kind]) => kind === 'fits')).toEqual([['mlm', 'fits']]);
  });

  it('says what keeps it away, with the figures', () => {
    expect(fitOf('cos', otherHeads, teacher)).toEqual({
      kind: 'misfit',
      misfit: { code: 'termNeedsEqualWidth', values: { hiddenSize: 64, teacherHiddenSize: 128 } },
    });
    expect(fitOf('attnKl', otherHeads, teacher)).toMatchObject({
      kind: 'misfit',
      misfit: { code: 'termNeedsEqualHeads', values: { heads: 2, teacherHeads: 4 } },
    });
  });

  it('finds the way of the method’s own that makes it fit, and it then fits', () => {
    const fit = fitOf('attn', otherHeads, teacher);
    expect(fit).toEqual({ kind: 'with', choice: 'heads', option: 'mean' });
    const plan: Arm = { ...otherHeads, choices: { heads: 'mean' } };
    expect(termOf('attn').misfit?.(pairOf(plan, teacher))).toBeNull();
  });

  it('begins with the weight of a ready experiment', () => {
    expect(startingWeight('ce')).toBe(5);
    expect(startingWeight('mse')).toBe(presets.hinton.arms.find(({ id }) => id === 'logits')?.weights.mse);
    for (const term of termIds) expect(startingWeight(term), term).toBeGreaterThan(0);
  });
});

describe('what a method leaves open', () => {
  it('is asked where a loss reads it', () => {
    const [, twin] = presets.distilbert.arms;
    expect([isAsked('softForm', wide), isAsked('softForm', twin)]).toEqual([true, false]);
    const [all] = presets.tinybert.arms;
    expect([isAsked('lambda', all), isAsked('headPairs', all)]).toEqual([true, false]);
    expect(isAsked('headPairs', { ...all, choices: { heads: 'paired' } })).toBe(true);
  });

  it('is reached by some arm', () => {
    const arms = presetNames.flatMap((name) => presets[name].arms);
    const possible = (arm: Arm): Arm[] => [arm, { ...arm, choices: { ...arm.choices, heads: 'paired' } }];
    for (const id of [...choiceIds, ...listIds]) {
      expect(
        arms.flatMap(possible).some((arm) => isAsked(id, arm)),
        id,
      ).toBe(true);
    }
    for (const choice of choiceIds)
      expect(optionsOf(choice).length, ownerOfChoice(choice)).toBeGreaterThan(1);
  });
});

describe('the menu of presets', () => {
  it('offers every preset once, and no group that is empty', () => {
    expect(presetGroups.flatMap((group) => group.presets).sort()).toEqual([...presetNames].sort());
    for (const { presets: names } of presetGroups) expect(names.length).toBeGreaterThan(0);
  });

  it('finds an entry by how one of its words begins', () => {
    expect(beginsWith('TinyBERT’s two sizes', 'tw')).toBe(true);
    expect(beginsWith('Patient: [CLS] layer by layer', 'cls')).toBe(true);
    expect(beginsWith('A temperature sweep', 'emper')).toBe(false);
  });
});
