import { describe, expect, it } from 'vitest';
import { checkExperiment } from '../../src/config/check';
import { experimentSchema } from '../../src/config/experiment';
import { presets } from '../../src/config/presets';
import type { Problem, ProblemError } from '../../src/config/problems';
import {
  canSweep,
  isSweep,
  ladderOf,
  readTemperatures,
  sweepExperiment,
  trainedAt,
  usualSweep,
} from '../../src/config/sweeps';
import { bundledTeachers } from '../../src/config/teachers';
import { taskStages } from '../support/taskStages';

const [distilled, twin] = presets.tiny.arms;

describe('a sweep', () => {
  it('is an experiment of one student at each T, which fits the schema and its teacher', () => {
    const sweep = sweepExperiment(presets.tiny, distilled, [0.5, ...usualSweep]);
    expect(sweep.arms.map(({ id, temperature }) => [id, temperature])).toEqual([
      ['t0-5', 0.5],
      ['t1', 1],
      ['t2', 2],
      ['t4', 4],
      ['t8', 8],
      ['t16', 16],
    ]);
    expect(experimentSchema.parse(sweep)).toEqual(sweep);
    expect(checkExperiment(sweep, bundledTeachers['stories-4x32'])).toEqual([]);
    expect(isSweep(sweep)).toBe(true);
    const { arms: _, ...rest } = sweep;
    const { arms: __, ...before } = presets.tiny;
    expect(rest).toEqual(before);
  });

  it('moves T in every stage where it softens anything, and there alone', () => {
    const arm = taskStages.arms.find(canSweep)!;
    const [one, two] = sweepExperiment(taskStages, arm, [1, 8]).arms;
    expect([trainedAt(one), trainedAt(two)]).toEqual([1, 8]);
    expect(isSweep({ arms: [one, two] })).toBe(true);
    expect(isSweep({ arms: [one, { ...two, weights: { mlm: 2 } }] })).toBe(false);
  });

  it('is told from other experiments', () => {
    expect(isSweep(presets.temperature)).toBe(true);
    expect(isSweep(presets.tiny)).toBe(false);
    expect(isSweep({ arms: [distilled] })).toBe(false);
    expect(isSweep({ arms: [distilled, { ...distilled, id: 'same' }] })).toBe(false);
  });

  it('needs an arm that T softens something for, of which a teacher is asked', () => {
    expect([canSweep(distilled), canSweep(twin)]).toEqual([true, false]);
    expect(canSweep({ ...distilled, taughtBy: { kind: 'arm', id: 'twin' } })).toBe(false);
    expect(() => sweepExperiment(presets.tiny, twin, [1, 2])).toThrow(RangeError);
    expect(() => sweepExperiment(presets.tiny, distilled, [1, 2, 3, 4, 5, 6, 7])).toThrow(RangeError);
  });

  it('is looked at where it was trained and at the usual T', () => {
    expect(ladderOf([3, 1])).toEqual([0.5, 1, 2, 3, 4, 8, 16]);
  });
});

describe('readTemperatures', () => {
  it.each([
    ['1, 2, 4', [1, 2, 4]],
    ['8 .5;2', [0.5, 2, 8]],
    ['16,0.25', [0.25, 16]],
  ])('reads %s', (text, temperatures) => {
    expect(readTemperatures(text)).toEqual(temperatures);
  });

  it.each<[string, Problem]>([
    ['', { code: 'temperaturesEmpty' }],
    ['2', { code: 'temperaturesEmpty' }],
    ['1, two', { code: 'temperatureNoNumber', values: { value: 'two', min: 0.25, max: 16 } }],
    ['0, 1', { code: 'temperatureNoNumber', values: { value: '0', min: 0.25, max: 16 } }],
    ['1, 1e1', { code: 'temperatureNoNumber', values: { value: '1e1', min: 0.25, max: 16 } }],
    ['1, 2, 1.0', { code: 'temperatureRepeated', values: { value: 1 } }],
    ['1 2 3 4 5 6 7', { code: 'temperaturesTooMany', values: { count: 7, most: 6 } }],
  ])('refuses “%s”', (text, problem) => {
    try {
      readTemperatures(text);
      throw new Error('taken');
    } catch (error) {
      expect((error as ProblemError).problem).toEqual(
        problem.values ? problem : { ...problem, values: undefined },
      );
    }
  });
});
