import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustmentBetween, difference } from '../../src/config/compare';
import type { Experiment } from '../../src/config/experiment';
import { presets } from '../../src/config/presets';
import { anyExperiment } from './anyExperiment';

const before: Experiment = presets.tiny;
const [distilled, twin] = before.arms;
const withArm = (changes: Partial<typeof distilled>): Experiment => ({
  ...before,
  arms: [{ ...distilled, ...changes }, twin],
});
const faster: Experiment = { ...before, training: { ...before.training, learningRate: 1e-3 } };

describe('difference', () => {
  it('is none for equal experiments', () => {
    fc.assert(
      fc.property(anyExperiment, (experiment) => {
        expect(difference(experiment, structuredClone(experiment))).toBe('none');
        expect(adjustmentBetween(experiment, structuredClone(experiment))).toEqual({});
      }),
    );
  });

  it.each([
    ['temperature', withArm({ temperature: 4 })],
    ['a loss weight', withArm({ objective: { ...distilled.objective, cos: 0 } })],
    ['a loss of layers', withArm({ objective: { ...distilled.objective, attn: 1, hidn: 1 } })],
    ['learning rate', faster],
  ])('is numbers for %s', (_, after) => {
    expect(difference(before, after)).toBe('numbers');
  });

  it.each<[string, Experiment]>([
    ['the mapping', withArm({ mapping: [1, 2] })],
    ['a random start', withArm({ initialisation: { kind: 'random' } })],
    ['another name of an arm', withArm({ id: 'other' })],
    ['the budget', { ...before, training: { ...before.training, steps: 10 } }],
    [
      'the seed beside the temperature',
      { ...withArm({ temperature: 4 }), training: presets.distilbert.training },
    ],
    ['an arm less', { ...before, arms: [distilled] }],
    ['arms in another order', { ...before, arms: [twin, distilled] }],
    ['another teacher', { ...before, teacher: { kind: 'none', vocabularySize: 256 } }],
  ])('is structure for %s', (_, after) => {
    expect(difference(before, after)).toBe('structure');
  });
});

describe('adjustmentBetween', () => {
  it('holds what differs and nothing else', () => {
    expect(adjustmentBetween(before, faster)).toEqual({ learningRate: 1e-3 });
    const objective = { ...distilled.objective, mse: 1 };
    expect(adjustmentBetween(before, withArm({ objective }))).toEqual({ arms: { distilled: { objective } } });
    expect(adjustmentBetween(before, withArm({ temperature: 4 }))).toEqual({
      arms: { distilled: { temperature: 4 } },
    });
  });
});
