import { describe, expect, it } from 'vitest';
import { armNameParts } from '../../src/config/armNames';
import { checkExperiment } from '../../src/config/check';
import { difference } from '../../src/config/compare';
import type { Arm, Experiment } from '../../src/config/experiment';
import { canFork, isApartAfter, isApartFrom, originOf, spokenFor } from '../../src/config/forks';
import { presets } from '../../src/config/presets';
import { stageAt } from '../../src/config/stages';
import { bundledTeachers } from '../../src/config/teachers';
import { upgrade, written } from '../../src/config/upgrade';
import { decodeExperiment } from '../../src/config/urlCodec';
import { encodeExperiment } from '../../src/config/urlWriting';

const { tiny } = presets;
const [distilled] = tiny.arms;
const shape = bundledTeachers['stories-4x32'];
const fork = (of: string, step: number, change: Partial<Arm> = {}, id = 'fork'): Arm => ({
  ...distilled,
  temperature: 8,
  ...change,
  id,
  fork: { of, step },
});
const withArms = (...arms: Arm[]): Experiment => ({ ...tiny, arms: [...tiny.arms, ...arms] });
const codes = (experiment: Experiment) => checkExperiment(experiment, shape).map(({ code }) => code);

describe('an arm that comes from another', () => {
  it('has an update of its own after the step, and a state of its own after that update', () => {
    const arm = fork('distilled', 30);
    expect([29, 30, 31].map((step) => isApartFrom(arm, step))).toEqual([false, true, true]);
    expect([29, 30, 31].map((step) => isApartAfter(arm, step))).toEqual([false, false, true]);
    expect(isApartAfter(distilled, 0)).toBe(true);
  });

  it('is spoken for by whoever there is on the way to where it comes from', () => {
    const arms = [fork('second', 9, {}, 'third'), distilled, fork('distilled', 5, {}, 'second')];
    expect(spokenFor(arms, { distilled: 1 })).toEqual({ distilled: 1, second: 1, third: 1 });
    expect(spokenFor(arms, { distilled: 1, second: 2 })).toEqual({ distilled: 1, second: 2, third: 2 });
    expect(spokenFor(arms, { distilled: 1, second: 2, third: 3 })).toEqual({
      distilled: 1,
      second: 2,
      third: 3,
    });
    expect(spokenFor(arms, {})).toEqual({});
    expect(originOf([fork('a', 1, {}, 'b'), fork('b', 1, {}, 'a')], 'a', () => false)).toBe(undefined);
  });

  it('is named by the step, so that it differs from one that was so from the start', () => {
    const parts = armNameParts(withArms(fork('distilled', 30)).arms);
    expect(parts.at(-1)).toEqual([
      { code: 'temperature', value: 8 },
      { code: 'fork', value: 30 },
    ]);
    expect(new Set(parts.map((part) => JSON.stringify(part))).size).toBe(parts.length);
  });

  it('is another run, unless its numbers alone differ', () => {
    const one = withArms(fork('distilled', 30));
    expect(difference(one, withArms(fork('distilled', 31)))).toBe('structure');
    expect(difference(one, tiny)).toBe('structure');
    expect(difference(one, withArms(fork('distilled', 30, { temperature: 4 })))).toBe('numbers');
  });

  it('fits into a link and into a file', () => {
    const experiment = withArms(fork('distilled', 30), fork('fork', 40, { weights: { ce: 1 } }, 'again'));
    const link = encodeExperiment(experiment, 'tiny');
    expect(link.get('arms.2.fork.of')).toBe('distilled');
    expect(link.get('arms.2.fork.step')).toBe('30');
    expect(decodeExperiment(new URLSearchParams(String(link)))).toEqual({
      experiment,
      preset: 'tiny',
      problems: [],
    });
    expect(upgrade(JSON.parse(JSON.stringify(written(experiment))))).toEqual(experiment);
    expect(JSON.stringify(written(tiny))).not.toContain('fork');
    expect(String(encodeExperiment(tiny, 'tiny'))).toBe('preset=tiny');
  });

  it.each([
    ['arms.1.fork.of=distilled', 'urlMalformed'],
    ['arms.1.fork.of=distilled&arms.1.fork.step=soon', 'urlMalformed'],
    ['arms.1.fork.step=7', 'urlMalformed'],
    ['arms.1.fork.of=distilled&arms.1.fork.step=0', 'urlOutOfRange'],
    ['arms.1.fork.of=distilled&arms.1.fork.step=7&arms.1.fork.why=x', 'urlUnknownParameter'],
  ])('is read from %s with a word, and an experiment comes of it', (link, code) => {
    const { experiment, problems } = decodeExperiment(new URLSearchParams(`preset=tiny&${link}`));
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(upgrade(written(experiment))).toEqual(experiment);
    expect(experiment.arms[1].fork?.step).toBe(
      code === 'urlMalformed' ? undefined : code === 'urlOutOfRange' ? 1 : 7,
    );
  });

  it('is refused where it can’t be', () => {
    expect(codes(withArms(fork('distilled', 30)))).toEqual([]);
    expect(codes(withArms(fork('nobody', 30)))).toEqual(['forkOfNobody']);
    expect(codes(withArms(fork('fork', 30)))).toEqual(['forkOfNobody']);
    expect(codes(withArms(fork('distilled', tiny.training.steps)))).toEqual(['forkTooLate']);
    expect(codes(withArms(fork('distilled', 30), fork('fork', 30, {}, 'again')))).toEqual(['forkTooEarly']);
    expect(codes(withArms(fork('distilled', 30, { initialisation: { kind: 'random' } })))).toEqual([
      'forkOtherStudent',
    ]);
    const pupil = { ...distilled, id: 'pupil', taughtBy: { kind: 'arm' as const, id: 'fork' } };
    expect(codes(withArms(fork('distilled', 30), pupil))).toContain('peerStillAnother');
  });

  it('counts its step within a stage, and is like others in those that come later', () => {
    const { id: _id, student: _student, initialisation: _start, ...plan } = distilled;
    const experiment: Experiment = {
      ...tiny,
      training: { ...tiny.training, steps: 20 },
      later: [{ text: tiny.text, training: tiny.training }],
      arms: [fork('distilled', 30), fork('distilled', 20, {}, 'border'), distilled].map((arm) => ({
        ...arm,
        later: [plan],
      })),
    };
    const steps = (stage: number) => stageAt(experiment, stage).arms.map((arm) => arm.fork?.step);
    expect(steps(0)).toEqual([30, 20, undefined]);
    expect(steps(1)).toEqual([10, undefined, undefined]);
    expect(upgrade(written(experiment))).toEqual(experiment);
  });

  it('is offered where there is room, and something left to train', () => {
    expect([0, 1, 59, 60].map((step) => canFork(tiny, step, 60))).toEqual([false, true, true, false]);
    const full = withArms(...['a', 'b', 'c', 'd', 'e', 'f'].map((id) => fork('distilled', 3, {}, id)));
    expect(canFork(full, 5, 60)).toBe(false);
  });
});
