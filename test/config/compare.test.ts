import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  difference,
  isLive,
  liveBoundAt,
  numberAt,
  settingsBetween,
  withSettings,
} from '../../src/config/compare';
import type { Experiment } from '../../src/config/experiment';
import { flatten } from '../../src/config/paths';
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
        expect(settingsBetween(experiment, structuredClone(experiment))).toEqual([]);
      }),
    );
  });

  it.each([
    ['temperature', withArm({ temperature: 4 })],
    ['a loss weight', withArm({ weights: { ce: 5, mlm: 2 } })],
    ['a loss of layers', withArm({ weights: { ...distilled.weights, attn: 1, hidn: 1 } })],
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

describe('settings', () => {
  it('hold what differs and nothing else', () => {
    expect(settingsBetween(before, faster)).toEqual([{ path: 'training.learningRate', value: 1e-3 }]);
    const weights = { ...distilled.weights, mse: 1 };
    expect(settingsBetween(before, withArm({ weights }))).toEqual([{ path: 'arms.0.weights.mse', value: 1 }]);
  });

  it('lead from any experiment to one with other live numbers, and leave the first alone', () => {
    fc.assert(
      fc.property(anyExperiment, fc.double({ min: 1, max: 8, noNaN: true }), (experiment, number) => {
        const paths = [...flatten(experiment).keys()].filter(isLive).filter((path) => {
          const bound = liveBoundAt(path)!;
          return number >= bound.min && number <= bound.max;
        });
        expect(paths).toContain('arms.0.temperature');
        const original = structuredClone(experiment);
        const moved = withSettings(
          experiment,
          paths.map((path) => ({ path, value: number })),
        );
        expect(experiment).toEqual(original);
        for (const path of paths) expect(numberAt(moved, path)).toBe(number);
        expect(withSettings(experiment, settingsBetween(experiment, moved))).toEqual(moved);
      }),
    );
  });

  it('touch nothing that is not live, nor what is not there', () => {
    for (const path of [
      'training.steps',
      'arms.7.temperature',
      'arms.0.weights.toString',
      'arms.0.objective.ce',
      'arms.0.dials.toString',
      '__proto__.a',
    ]) {
      expect(withSettings(before, [{ path, value: 3 }])).toEqual(before);
    }
    expect(numberAt(before, 'training.steps')).toBeNull();
  });
});
