import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canMove,
  changesBy,
  difference,
  isLive,
  liveBoundAt,
  numberAt,
  settingsBetween,
  withoutChanges,
  withSettings,
} from '../../src/config/compare';
import type { Arm, Experiment } from '../../src/config/experiment';
import { flatten } from '../../src/config/paths';
import { presets } from '../../src/config/presets';
import { dialBound, dialIds, termIds } from '../../src/methods/registry';
import { anyCourse, anyExperiment } from './anyExperiment';

const anyStages = fc.oneof(anyExperiment, anyCourse);

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
      fc.property(anyStages, (experiment) => {
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
      fc.property(anyStages, fc.double({ min: 1, max: 8, noNaN: true }), (experiment, number) => {
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

describe('numbers of methods', () => {
  const withWeights = (weights: Arm['weights']) => withArm({ weights: { ...distilled.weights, ...weights } });
  const number = (experiment: Experiment, own: string) => numberAt(experiment, `arms.0.${own}`);
  const moved = (experiment: Experiment, own: string, value: number) =>
    withSettings(experiment, [{ path: `arms.0.${own}`, value }]);

  it('act live where records say so', () => {
    for (const term of termIds) expect(isLive(`arms.0.weights.${term}`)).toBe(true);
    for (const dial of dialIds) expect(isLive(`arms.0.dials.${dial}`)).toBe(dialBound(dial).live);
    expect(dialIds.filter((dial) => isLive(`arms.0.dials.${dial}`))).toEqual(['beta', 'topCount']);
    for (const path of ['temperature', 'teacherTemperature']) expect(isLive(`arms.5.${path}`)).toBe(true);
    for (const own of [
      'choices.softForm',
      'lists.lambda',
      'mapping',
      'weights',
      'dials.beta.x',
      'weights.kd',
    ]) {
      expect(isLive(`arms.0.${own}`)).toBe(false);
    }
    expect(liveBoundAt('arms.0.dials.beta')).toMatchObject({ min: 0, max: 1 });
  });

  it('are 0, or what a dial is at first, where nothing is said', () => {
    expect(number(before, 'weights.jsd')).toBe(0);
    expect(number(before, 'dials.beta')).toBe(0.5);
    expect(number(before, 'dials.relationHeads')).toBeNull();
    expect(number(before, 'teacherTemperature')).toBeNull();
    expect(numberAt(before, 'arms.2.weights.jsd')).toBeNull();
  });

  it('are left out again where they come back to that', () => {
    const more = moved(moved(before, 'weights.jsd', 2), 'dials.beta', 0.25);
    expect(more).toEqual(withArm({ weights: { ...distilled.weights, jsd: 2 }, dials: { beta: 0.25 } }));
    expect(difference(before, more)).toBe('numbers');
    expect(new Set(settingsBetween(before, more))).toEqual(
      new Set([
        { path: 'arms.0.weights.jsd', value: 2 },
        { path: 'arms.0.dials.beta', value: 0.25 },
      ]),
    );
    expect(withSettings(more, settingsBetween(more, before))).toEqual(before);
    expect(moved(before, 'weights.ce', 0).arms[0].weights).toEqual({ mlm: 2, cos: 1 });
  });

  it('that don’t act live make another run', () => {
    expect(difference(before, withArm({ dials: { relationHeads: 4 } }))).toBe('structure');
    expect(difference(before, withArm({ choices: { softScale: 'none' } }))).toBe('structure');
    expect(difference(before, withArm({ lists: { lambda: [1, 2, 1] } }))).toBe('structure');
    expect(moved(before, 'dials.relationHeads', 4)).toEqual(before);
  });

  it('a T of the teacher’s side comes and goes with another run, and moves within one', () => {
    const apart = withArm({ teacherTemperature: 4 });
    expect(difference(before, apart)).toBe('structure');
    expect(difference(apart, before)).toBe('structure');
    expect(settingsBetween(before, apart)).toEqual([]);
    expect(moved(before, 'teacherTemperature', 4)).toEqual(before);
    expect(difference(apart, withArm({ teacherTemperature: 8 }))).toBe('numbers');
    expect(moved(apart, 'teacherTemperature', 8)).toEqual(withArm({ teacherTemperature: 8 }));
  });

  it('of a method whose parameters come with its terms come and go with another run, and move within one', () => {
    const learned = withWeights({ ctkd: 1 });
    expect(number(before, 'weights.ctkd')).toBeNull();
    expect(number(learned, 'weights.ctkd')).toBe(1);
    expect(difference(before, learned)).toBe('structure');
    expect(difference(learned, before)).toBe('structure');
    expect(difference(learned, withWeights({ ctkd: 3 }))).toBe('numbers');
    expect(moved(learned, 'weights.ctkd', 3)).toEqual(withWeights({ ctkd: 3 }));
    // Its parameters would go with it, and the run could not have them back.
    expect(canMove(learned, { path: 'arms.0.weights.ctkd', value: 0 })).toBe(false);
    expect(moved(learned, 'weights.ctkd', 0)).toEqual(learned);
    expect(changesBy(learned, 5, [{ path: 'arms.0.weights.ctkd', value: 0 }])).toEqual([]);
  });

  it('of methods that every student is ready for come at any time', () => {
    const layers = withWeights({ hidn: 1, embd: 1 });
    expect(difference(before, layers)).toBe('numbers');
    expect(moved(moved(before, 'weights.hidn', 1), 'weights.embd', 1)).toEqual(layers);
  });

  it('can be taken back from any experiment, whatever was moved', () => {
    const path = fc.oneof(
      fc.constantFrom(...termIds).map((id) => `arms.0.weights.${id}`),
      fc.constantFrom(...dialIds).map((id) => `arms.0.dials.${id}`),
      fc.constantFrom('arms.0.temperature', 'arms.0.teacherTemperature', 'training.learningRate'),
    );
    const setting = fc.record({ path, value: fc.constantFrom(0, 0.5, 1, 2) });
    fc.assert(
      fc.property(anyStages, fc.array(setting, { maxLength: 12 }), (experiment, settings) => {
        let now = experiment;
        const changes = settings.flatMap((setting, step) => {
          const made = changesBy(now, step, [setting]);
          now = withSettings(now, [setting]);
          return made;
        });
        expect(withoutChanges(now, changes)).toEqual(experiment);
        expect(withSettings(experiment, changes)).toEqual(now);
        expect(difference(experiment, now)).not.toBe('structure');
      }),
    );
  });
});
