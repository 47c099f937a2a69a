import { describe, expect, it } from 'vitest';
import { withSettings } from '../../src/cli/settings';
import { refusalWords } from '../../src/cli/words';
import type { Experiment } from '../../src/config/experiment';
import { presets } from '../../src/config/presets';
import { bundledTeacherIds } from '../../src/config/teacherIds';
import { termIds } from '../../src/methods/registry';

const base: Experiment = presets.jsd;

async function refusalOf(...settings: string[]): Promise<string> {
  try {
    withSettings(base, settings);
    return '';
  } catch (error) {
    return refusalWords(error);
  }
}

describe('--set', () => {
  it('sets what is at a path, and leaves the rest as it is', () => {
    const changed = withSettings(base, [
      'arms.0.temperature=4',
      'arms.0.weights.ce=.5',
      'arms.0.dials.beta=.3',
      'arms.1.choices.divergenceScale=asIs',
      'arms.1.lists.lambda=1,0,2',
      'arms.1.positions=masked',
      'arms.2.mapping=1,4',
      'stages.0.training.steps=60',
      'arms.3.plan.0.softTargets=teacher',
    ]);
    const [zero, one, two, twin] = base.arms;
    expect(changed).toEqual({
      ...base,
      training: { ...base.training, steps: 60 },
      arms: [
        { ...zero, temperature: 4, weights: { jsd: 1, ce: 0.5 }, dials: { beta: 0.3 } },
        {
          ...one,
          choices: { divergenceScale: 'asIs' },
          lists: { lambda: [1, 0, 2] },
          positions: 'masked',
        },
        { ...two, mapping: [1, 4] },
        twin,
      ],
    });
  });

  it('takes a term away with a weight of 0, and paths of version 1', () => {
    expect(withSettings(base, ['arms.0.weights.jsd=0', 'arms.0.objective.hidn=2']).arms[0].weights).toEqual({
      embd: 2,
      hidn: 2,
    });
  });

  it('takes the last of several values, and several that belong together in any order', () => {
    expect(withSettings(base, ['training.seed=1', 'training.seed=2']).training.seed).toBe(2);
    const teacher = ['teacher.id=stories-4x32', 'teacher.kind=bundled'];
    expect(withSettings(base, teacher).teacher).toEqual({ kind: 'bundled', id: 'stories-4x32' });
    const none = ['teacher.vocabularySize=512', 'teacher.kind=none'];
    expect(withSettings(base, none).teacher).toEqual({ kind: 'none', vocabularySize: 512 });
    expect(withSettings(base, ['training.dropout=0.1']).training.dropout).toBe(0.1);
    const copied = ['arms.0.initialisation.kind=project', 'arms.0.initialisation.blocks=1,2'];
    expect(withSettings(base, copied).arms[0].initialisation).toEqual({ kind: 'project', blocks: [1, 2] });
  });

  it.each([
    [
      'arms.0.weights.jds=1',
      `There is no “jds” in arms.0.weights.jds. In its place --set takes ${termIds.join(', ')}.`,
    ],
    ['arms.0.dials.gamma=1', 'beta, annealingSteps'],
    ['arms.0.choices.softform=divergence', 'softForm, softScale'],
    ['arms.0.lists.mu=1', 'takes lambda, headPairs.'],
    ['arms.4.temperature=4', 'takes 0, 1, 2, 3.'],
    ['arms.first.temperature=4', 'takes 0, 1, 2, 3.'],
    ['temperature=4', 'takes text, training, tuning, augmentation, teacher, others, later, arms.'],
    ['constructor.name=x', 'takes text, training, tuning, augmentation, teacher, others, later, arms.'],
    ['arms.0.__proto__.x=1', 'There is no “__proto__” in arms.0.__proto__.x'],
    ['training.steps.more=1', 'takes no further name.'],
    ['arms.0.weights=1', 'Name the one that is to change: arms.0.weights.ce, arms.0.weights.mlm'],
    ['arms=2', 'Name the one that is to change: arms.0, arms.1'],
    ['arms.0.weights.jsd=-1', 'It takes a number from 0 to 100.'],
    ['arms.0.weights.jsd=1e999', 'It takes a number from 0 to 100.'],
    ['arms.0.weights.jsd=', 'arms.0.weights.jsd can’t be “”. It takes a number from 0 to 100.'],
    ['arms.0.temperature=hot', 'arms.0.temperature can’t be “hot”. It takes a number from 0.25 to 16.'],
    ['arms.0.teacherTemperature=0.1', 'It takes a number from 0.25 to 16.'],
    ['arms.0.dials.beta=1.5', 'It takes a number from 0 to 1.'],
    [
      'stages.0.training.steps=1.5',
      'training.steps can’t be “1.5”. It takes a whole number from 1 to 100000.',
    ],
    ['arms.0.softTargets=soft', 'It takes teacher, shuffled, smoothed, goldOnly, topWords.'],
    ['arms.0.choices.padding=leftout', 'It takes counted, leftOut.'],
    ['arms.0.student.tokenTypes=maybe', 'It takes true, false.'],
    ['teacher.kind=bundle', 'It takes bundled, saved, none.'],
    ['teacher.id=stories', `It takes ${bundledTeacherIds.join(', ')}.`],
    ['arms.0.mapping=2;4', 'It takes numbers with commas between them'],
    ['arms.0.id=A B', 'arms.0.id can’t be “A B”.'],
    ['arms.0.temperature', '“arms.0.temperature” in --set has no value.'],
    ['stages=9', 'stages can’t be “9”. It takes a whole number from 1 to 8.'],
    ['stages=two', 'It takes a whole number from 1 to 8.'],
    ['tuning.steps=0', 'It takes a whole number from 1 to'],
    ['augmentation.tries=99', 'It takes a whole number from 1 to 50.'],
    ['later.0.tuning.steps=5', 'In its place --set takes stages=2.'],
    ['=4', 'has no value.'],
    ['', 'has no value.'],
  ])('refuses %s', async (setting, words) => {
    expect(await refusalOf(setting)).toContain(words);
  });

  it('says all that is wrong, a line for each', async () => {
    const words = await refusalOf('arms.0.weights.jds=1', 'training.seed=2', 'training.steps=0');
    expect(words.split('\n')).toHaveLength(2);
    expect(words).toContain('jds');
    expect(words).toContain('training.steps can’t be “0”');
  });
});
