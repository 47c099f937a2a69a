import { describe, expect, it } from 'vitest';
import { type Experiment, experimentSchema } from '../../src/config/experiment';
import { hardLabels } from '../../src/config/objective';
import { presetNames, presets } from '../../src/config/presets';
import { stageCount } from '../../src/config/stages';
import { usualTuning } from '../../src/config/tasks';
import { decodeExperiment } from '../../src/config/urlCodec';
import { withStageCount } from '../../src/config/urlShape';
import { encodeExperiment } from '../../src/config/urlWriting';

const decode = (query: string) => decodeExperiment(new URLSearchParams(query));
const linkOf = (experiment: Experiment, preset: (typeof presetNames)[number]) =>
  decodeURIComponent(encodeExperiment(experiment, preset).toString());

const { tiny } = presets;
const [, twin] = tiny.arms;
const threeStages: Experiment = presets['tinybert-task'];

describe('a link to stages', () => {
  it('adds one by its number and by what sets it apart from the one before', () => {
    const topics: Experiment = {
      ...withStageCount(tiny, 2),
      later: [{ text: { kind: 'task', id: 'topics' }, training: tiny.training, tuning: usualTuning }],
    };
    const query =
      'preset=tiny&stages=2&later.0.text.kind=task&later.0.text.id=topics' +
      `&later.0.tuning.steps=${usualTuning.steps}&later.0.tuning.learningRate=${usualTuning.learningRate}`;
    expect(linkOf(topics, 'tiny')).toBe(query);
    expect(decode(query)).toEqual({ experiment: topics, preset: 'tiny', problems: [] });
  });

  it('takes some away, and says nothing of them', () => {
    const first = withStageCount(threeStages, 1);
    expect(linkOf(first, 'tinybert-task')).toBe('preset=tinybert-task&stages=1');
    expect(decode('preset=tinybert-task&stages=1').experiment).toEqual(first);
    expect(stageCount(first)).toBe(1);
    expect(experimentSchema.parse(first)).toEqual(first);
  });

  it('stays short, whatever number of stages and arms a preset is given', () => {
    for (const name of presetNames) {
      const changed = withStageCount(presets[name], 4);
      const arm = { ...changed.arms.at(-1)!, id: 'arm-9' };
      const link = linkOf({ ...changed, arms: [...changed.arms.slice(0, 3), arm] }, name);
      expect(link.length).toBeLessThan(1_000);
    }
    expect(linkOf({ ...tiny, arms: [...tiny.arms, { ...twin, id: 'third', temperature: 3 }] }, 'tiny')).toBe(
      'preset=tiny&arms=distilled,twin,third&arms.2.temperature=3',
    );
    expect(linkOf({ ...tiny, arms: [twin] }, 'tiny')).toBe('preset=tiny&arms=twin');
  });

  it('still opens where it lists later stages and arms whole', () => {
    const later = [{ text: tiny.text, training: { ...tiny.training, steps: 40 } }];
    const arms = tiny.arms.map((arm) => ({
      ...arm,
      later: [{ ...withStageCount(tiny, 2).arms[0].later![0] }],
    }));
    const params = new URLSearchParams({ preset: 'tiny', later: JSON.stringify(later) });
    params.set('arms', JSON.stringify(arms));
    expect(decodeExperiment(params)).toEqual({
      experiment: { ...tiny, later, arms },
      preset: 'tiny',
      problems: [],
    });
  });

  it.each([
    ['stages=0', 'urlOutOfRange', { value: '0', used: '1' }, 1],
    ['stages=9', 'urlOutOfRange', { value: '9', used: '8' }, 8],
    ['stages=two', 'urlMalformed', { value: 'two', used: '1' }, 1],
    ['stages=', 'urlMalformed', { value: '', used: '1' }, 1],
    ['stages=2.5', 'urlMalformed', { value: '2.5', used: '1' }, 1],
  ])('with %s says so', (query, code, values, stages) => {
    const { experiment, problems } = decode(`preset=tiny&${query}`);
    expect(problems).toEqual([{ code, values: { parameter: 'stages', ...values } }]);
    expect(stageCount(experiment)).toBe(stages);
  });
});

describe('a link to a task', () => {
  const task = { kind: 'task', id: 'topics' } as const;
  const onTask: Experiment = { ...tiny, text: task };

  it.each<[string, Experiment]>([
    ['text.kind=task&text.id=topics', onTask],
    ['text.id=topics&text.kind=task', onTask],
    ['text.kind=task&text.id=topics&tuning.steps=100', { ...onTask, tuning: { ...usualTuning, steps: 100 } }],
    ['text.kind=task&text.id=topics&augmentation.tries=5', { ...onTask, augmentation: { tries: 5 } }],
    [
      'text.kind=rows&text.id=0123456789abcdef&text.labels=3',
      { ...tiny, text: { kind: 'rows', id: '0123456789abcdef', name: '', labels: 3 } },
    ],
    [
      'arms.0.weights.ce=0&arms.0.weights.cos=0&arms.0.weights.mlm=1',
      { ...tiny, arms: [{ ...tiny.arms[0], weights: hardLabels }, twin] },
    ],
  ])('%s is read', (query, experiment) => {
    expect(decode(`preset=tiny&${query}`)).toEqual({ experiment, preset: 'tiny', problems: [] });
  });

  it('takes tuning and augmentation away, in the stage that is named', () => {
    const query = 'preset=tinybert-task&later.0.augmentation=none&later.1.tuning=none';
    const { experiment, problems } = decode(query);
    const [, last] = threeStages.later!;
    expect(problems).toEqual([]);
    expect(experiment.later![0]).toEqual({ ...threeStages.later![0], augmentation: undefined });
    expect(experiment.later![1]).toEqual({ ...last, tuning: undefined });
    expect(linkOf(experiment, 'tinybert-task')).toBe(query);
  });

  it.each([
    ['text.kind=task&text.id=weather', 'urlMalformed', 'text.id'],
    ['text.kind=rows&text.id=0123456789abcdef&text.labels=65', 'urlOutOfRange', 'text.labels'],
    ['tuning.steps=0', 'urlOutOfRange', 'tuning.steps'],
    ['tuning.steps=many', 'urlMalformed', 'tuning.steps'],
    ['tuning.rate=1', 'urlUnknownParameter', 'tuning.rate'],
    ['tuning=some', 'urlMalformed', 'tuning'],
    ['augmentation.tries=51', 'urlOutOfRange', 'augmentation.tries'],
    ['augmentation.probability=.4', 'urlUnknownParameter', 'augmentation.probability'],
    ['later.0.tuning.steps=5', 'urlUnknownParameter', 'later.0.tuning.steps'],
  ])('with %s is answered by name', (query, code, parameter) => {
    const { experiment, problems } = decode(`preset=tiny&${query}`);
    expect(problems).toContainEqual({ code, values: expect.objectContaining({ parameter }) });
    expect(experimentSchema.safeParse(experiment).error).toBeUndefined();
  });
});
