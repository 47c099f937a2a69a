import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { armNameParts } from '../../src/config/armNames';
import type { Arm } from '../../src/config/experiment';
import { presets } from '../../src/config/presets';
import { anyArm } from './anyExperiment';

/** Names in brief: codes with their values. */
const names = (arms: Arm[]) =>
  armNameParts(arms).map((parts) =>
    parts.map(({ code, ...values }) => [code, ...Object.values(values)].join(' ')).join(', '),
  );
const [distilled, twin]: Arm[] = presets.distilbert.arms;

describe('armNameParts', () => {
  it('names the arms of the presets by what sets them apart', () => {
    expect(names(presets.distilbert.arms)).toEqual(['distilled', 'noTeacher']);
    expect(names(presets.temperature.arms)).toEqual([1, 2, 4, 8].map((t) => `temperature ${t}`));
    expect(names(presets.ablation.arms)).toEqual([
      'distilled',
      'without ce',
      'without mlm',
      'without cos',
      'randomStart',
    ]);
    expect(names(presets.tinybert.arms)).toEqual(['distilled', 'without attn, without hidn', 'noTeacher']);
    expect(names(presets.shuffled.arms)).toEqual(['distilled', 'shuffled', 'noTeacher']);
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
      ['without hidn, weights 5/2/1', 'weights 1/2/1/0/0/3', 'noTeacher'],
    ],
    ['positions', { positions: 'masked' }, ['distilled', 'maskedOnly', 'noTeacher']],
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
