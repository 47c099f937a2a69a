import { describe, expect, it } from 'vitest';
import type { Arm } from '../../src/config/experiment';
import { presets } from '../../src/config/presets';
import {
  effectOf,
  movedBetween,
  sentenceOf,
  type Temperatures,
  temperaturesOf,
  trainedOver,
} from '../../src/ui/temperatures';

const { arms } = presets.distilbert;
const at = (temperature: number): Arm[] => arms.map((arm) => ({ ...arm, temperature }));
const said = (before: Temperatures, now: Temperatures) => sentenceOf(now, movedBetween(before, now));

describe('the two temperatures', () => {
  it('are one while nobody has chosen another to look at', () => {
    expect(temperaturesOf(at(2), null, 'paused')).toEqual({
      view: 2,
      training: [{ temperature: 2, arms: [0] }],
      first: 2,
      canTrain: true,
      finished: false,
    });
    expect(temperaturesOf(at(5), null, 'playing').view).toBe(5);
  });

  it('leave each other alone once they differ', () => {
    const { view, training } = temperaturesOf(at(2), 4, 'playing');
    expect([view, training[0].temperature]).toEqual([4, 2]);
    expect(temperaturesOf(at(8), 4, 'playing').view).toBe(4);
  });

  it('of a sweep: every student has its own, which can only be looked at', () => {
    const sweep = temperaturesOf(presets.temperature.arms, 4, 'paused');
    expect(sweep.training.map(({ temperature }) => temperature)).toEqual([1, 2, 4, 8]);
    expect([sweep.canTrain, sweep.view, sweep.first]).toEqual([
      false,
      4,
      presets.temperature.arms[0].temperature,
    ]);
    const two = temperaturesOf([...at(2), { ...arms[0], id: 'other', temperature: 2 }], null, 'paused');
    expect(two.training).toEqual([{ temperature: 2, arms: [0, 2] }]);
  });

  it('are those of students whose losses are softened at T, and of no others', () => {
    const { training } = temperaturesOf(presets.ctkd.arms, null, 'paused');
    expect(training).toEqual([{ temperature: 4, arms: [1] }]);
    expect(temperaturesOf(presets.theseus.arms, null, 'paused').training).toEqual([]);
    expect(temperaturesOf(presets.annealing.arms, null, 'paused').training).toEqual([]);
  });

  it('of a run that is over, or of one without a teacher, can only be looked at', () => {
    expect(temperaturesOf(at(2), 16, 'finished')).toMatchObject({
      view: 16,
      canTrain: false,
      finished: true,
    });
    const twin = temperaturesOf([arms[1]], 3, 'paused');
    expect(twin).toMatchObject({ view: 3, training: [], canTrain: false });
  });
});

describe('the sentence', () => {
  const together = temperaturesOf(at(2), null, 'playing');

  it('says which of the two was moved', () => {
    expect(sentenceOf(together, null)).toBe('together');
    expect(said(together, temperaturesOf(at(2), 4, 'playing'))).toBe('viewApart');
    expect(said(together, temperaturesOf(at(4), null, 'playing'))).toBe('trainTogether');
    expect(said(temperaturesOf(at(2), 4, 'playing'), temperaturesOf(at(8), 4, 'playing'))).toBe('trainApart');
    expect(said(temperaturesOf(at(2), 4, 'playing'), together)).toBe('together');
  });

  it('says what can only be looked at', () => {
    const view = temperaturesOf(at(2), 4, 'finished');
    expect(said(temperaturesOf(at(2), 2, 'finished'), view)).toBe('finished');
    expect(sentenceOf(temperaturesOf(presets.temperature.arms, 4, 'playing'), 'view')).toBe('each');
    expect(sentenceOf(temperaturesOf(presets.temperature.arms, 4, 'finished'), null)).toBe('finishedEach');
    expect(sentenceOf(temperaturesOf([arms[1]], 4, 'playing'), 'view')).toBe('noTeacher');
  });

  it('never says that a T below 1 softens', () => {
    expect([0.25, 0.99, 1, 1.1, 16].map(effectOf)).toEqual([
      'sharpens',
      'sharpens',
      'plain',
      'softens',
      'softens',
    ]);
  });
});

it('a finished run keeps every T that it was trained at', () => {
  const changes = [
    { step: 0, path: 'arms.0.temperature', before: 3, value: 2 },
    { step: 100, path: 'arms.0.temperature', before: 2, value: 4 },
    { step: 100, path: 'arms.1.temperature', before: 2, value: 9 },
    { step: 120, path: 'training.learningRate', before: 1e-3, value: 0 },
    { step: 200, path: 'arms.0.temperature', before: 4, value: 8 },
  ];
  expect(trainedOver(changes, 0, 8)).toEqual([2, 4, 8]);
  expect(trainedOver([], 0, 2)).toEqual([2]);
});
