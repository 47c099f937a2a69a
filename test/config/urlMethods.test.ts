import { describe, expect, it } from 'vitest';
import { type Arm, type Experiment, experimentSchema } from '../../src/config/experiment';
import { presetAt, presetNames, presets } from '../../src/config/presets';
import { upgrade } from '../../src/config/upgrade';
import { decodeExperiment } from '../../src/config/urlCodec';
import { encodeExperiment } from '../../src/config/urlWriting';
import { experimentOfVersion1, type Objective } from '../support/version1';

const decode = (query: string) => decodeExperiment(new URLSearchParams(query));
const tiny: Experiment = presets.tiny;
const [distilled, twin] = tiny.arms;

describe('links of version 1', () => {
  const [first, second] = experimentOfVersion1(tiny).arms;
  const withWeights = (arms: { objective: Objective }[]) => upgrade({ ...tiny, arms }).arms;

  it.each([
    ['arms.0.objective.hidn=2', [{ ...first, objective: { ...first.objective, hidn: 2 } }, second]],
    ['arms.0.objective.ce=0', [{ ...first, objective: { ...first.objective, ce: 0 } }, second]],
    [
      'arms.1.objective.mse=0.5&arms.1.objective.attn=1',
      [first, { ...second, objective: { ...second.objective, mse: 0.5, attn: 1 } }],
    ],
  ])('%s opens what it opened', (query, arms) => {
    const decoded = decode(`preset=tiny&${query}`);
    expect(decoded).toEqual({
      experiment: { ...tiny, arms: withWeights(arms) },
      preset: 'tiny',
      problems: [],
    });
  });

  it('open all arms from one list, and single entries on top of it', () => {
    const third = { ...first, id: 'third', objective: { ...first.objective, attn: 1, hidn: 3 } };
    const list = JSON.stringify([first, second, third]);
    const params = new URLSearchParams({ preset: 'tiny', arms: list, 'arms.2.objective.hidn': '4' });
    const expected = { ...third, objective: { ...third.objective, hidn: 4 } };
    expect(decodeExperiment(params)).toEqual({
      experiment: { ...tiny, arms: withWeights([first, second, expected]) },
      preset: 'tiny',
      problems: [],
    });
  });

  it('open the preset that they named, also where there is a better one now', () => {
    expect(decode('preset=tinybert').experiment).toEqual(presetAt('tinybert')!.experiment);
    expect(decode('preset=tinybert').experiment).not.toEqual(presets.tinybert);
    expect(decode('preset=tinybert.2').experiment).toEqual(presets.tinybert);
    expect(decode('preset=tinybert.1')).toMatchObject({ preset: 'tinybert', problems: [] });
    for (const link of ['tinybert.3', 'tinybert.0', 'tiny.2', 'tinybert.', 'tinybert.2.2', 'tinybert.1e0']) {
      expect(decode(`preset=${link}`).problems).toEqual([
        { code: 'urlUnknownPreset', values: { value: link, used: 'distilbert' } },
      ]);
    }
  });
});

describe('methods in links', () => {
  const plan = (changes: Partial<Arm>): Experiment => ({
    ...tiny,
    arms: [{ ...distilled, ...changes }, twin],
  });

  it.each<[string, Partial<Arm>]>([
    ['weights.ce=0&arms.0.weights.jsd=1', { weights: { mlm: 2, cos: 1, jsd: 1 } }],
    ['dials.beta=0.25', { dials: { beta: 0.25 } }],
    ['choices.softForm=crossEntropy', { choices: { softForm: 'crossEntropy' } }],
    ['lists.lambda=1,0,2.5', { lists: { lambda: [1, 0, 2.5] } }],
    ['lists.lambda=3', { lists: { lambda: [3] } }],
    ['teacherTemperature=8', { teacherTemperature: 8 }],
    ['softTargets=goldOnly', { softTargets: 'goldOnly' }],
    // What says nothing stays unsaid.
    ['dials.beta=0.5', {}],
    ['choices.softForm=divergence', {}],
    ['lists.lambda=', {}],
    ['teacherTemperature=0', {}],
    ['weights.jsd=0', {}],
  ])('arms.0.%s is read', (query, changes) => {
    const decoded = decode(`preset=tiny&arms.0.${query}`);
    expect(decoded).toEqual({ experiment: plan(changes), preset: 'tiny', problems: [] });
  });

  it('are said as gone where a preset has them', () => {
    for (const name of presetNames) {
      const base: Experiment = presets[name];
      const plain = { dials: {}, choices: {}, lists: {}, teacherTemperature: undefined };
      const without: Experiment = {
        ...base,
        arms: base.arms.map((arm) => ({ ...arm, ...plain, weights: { mlm: 1 } })),
      };
      const { experiment, problems } = decode(encodeExperiment(without, name).toString());
      expect(experiment).toEqual(without);
      expect(problems).toEqual([]);
    }
  });

  it.each([
    ['stages.0.training.steps=70', { ...tiny, training: { ...tiny.training, steps: 70 } }],
    ['arms.0.plan.0.temperature=3', plan({ temperature: 3 })],
    ['arms.0.plan.0.weights.mse=1', plan({ weights: { ...distilled.weights, mse: 1 } })],
    [
      'stages.0.text.kind=own&text.id=0123456789abcdef',
      {
        ...tiny,
        text: { kind: 'own' as const, id: '0123456789abcdef', name: '' },
      },
    ],
  ])('%s is the short path’s long form', (query, experiment) => {
    expect(decode(`preset=tiny&${query}`)).toEqual({ experiment, preset: 'tiny', problems: [] });
  });

  it.each([
    ['weights.kd=1', 'urlUnknownParameter', { parameter: 'arms.0.weights.kd' }],
    ['weights.toString=1', 'urlUnknownParameter', { parameter: 'arms.0.weights.toString' }],
    ['weights.__proto__=1', 'urlUnknownParameter', { parameter: 'arms.0.weights.__proto__' }],
    ['objective.kd=1', 'urlUnknownParameter', { parameter: 'arms.0.weights.kd' }],
    ['dials.theta=1', 'urlUnknownParameter', { parameter: 'arms.0.dials.theta' }],
    ['choices.form=1', 'urlUnknownParameter', { parameter: 'arms.0.choices.form' }],
    ['lists.heads=1', 'urlUnknownParameter', { parameter: 'arms.0.lists.heads' }],
    ['plan.1.temperature=4', 'urlUnknownParameter', { parameter: 'arms.0.later.0.temperature' }],
    ['weights.ce=101', 'urlOutOfRange', { parameter: 'arms.0.weights.ce', value: '101', used: '100' }],
    ['weights.jsd=-1', 'urlOutOfRange', { parameter: 'arms.0.weights.jsd', value: '-1', used: '0' }],
    ['dials.beta=7', 'urlOutOfRange', { parameter: 'arms.0.dials.beta', value: '7', used: '1' }],
    ['lists.lambda=-1,5', 'urlOutOfRange', { parameter: 'arms.0.lists.lambda', value: '-1,5', used: '0,5' }],
    ['weights.ce=much', 'urlMalformed', { parameter: 'arms.0.weights.ce', value: 'much', used: '5' }],
    ['weights.jsd=much', 'urlMalformed', { parameter: 'arms.0.weights.jsd', value: 'much', used: '0' }],
    ['dials.beta=much', 'urlMalformed', { parameter: 'arms.0.dials.beta', value: 'much', used: '0.5' }],
    ['dials.topCount=2.5', 'urlMalformed', { parameter: 'arms.0.dials.topCount', value: '2.5', used: '10' }],
    [
      'choices.softForm=mse',
      'urlMalformed',
      { parameter: 'arms.0.choices.softForm', value: 'mse', used: 'divergence' },
    ],
    ['softTargets=all', 'urlMalformed', { parameter: 'arms.0.softTargets', value: 'all', used: 'teacher' }],
    [
      'teacherTemperature=0.1',
      'urlMalformed',
      { parameter: 'arms.0.teacherTemperature', value: '0.1', used: '2' },
    ],
  ])('arms.0.%s is answered with %s', (query, code, values) => {
    const { experiment, problems } = decode(`preset=tiny&arms.0.${query}`);
    expect(problems).toEqual([{ code, values }]);
    expect(experimentSchema.safeParse(experiment).success).toBe(true);
  });

  it('of a later version are said to be so, and the default preset opens', () => {
    for (const version of ['3', '1e9', 'x', 'NaN']) {
      expect(decode(`version=${version}&preset=tiny&training.steps=5`)).toEqual({
        experiment: presets.distilbert,
        preset: 'distilbert',
        problems: [{ code: 'urlNewer', values: { version, known: 2 } }],
      });
    }
    for (const version of ['1', '2']) {
      expect(decode(`version=${version}&preset=tiny`)).toEqual({
        experiment: tiny,
        preset: 'tiny',
        problems: [],
      });
    }
  });
});
