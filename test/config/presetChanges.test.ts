import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../src/config/experiment';
import { presetState } from '../../src/config/presetChanges';
import { presetNames, presets } from '../../src/config/presets';
import { bundledTeachers } from '../../src/config/teachers';
import {
  continuedTeacher,
  copyArm,
  distilledFrom,
  scratchTeacher,
  withTeacher,
  withTemperature,
} from '../../src/store/edits';

const distilbert: Experiment = presets.distilbert;
const text = { kind: 'own', id: '0123456789abcdef', name: 'Mine' } as const;
const kept = { kind: 'saved', id: 'mine', name: 'Mine' } as const;
const state = (experiment: Experiment) => presetState(experiment, 'distilbert');

describe('presetState', () => {
  it('is the preset while nothing differs', () => {
    for (const name of presetNames) expect(presetState(presets[name], name)).toBe('same');
  });

  it('is the preset, changed, while its comparison is there', () => {
    expect(state(withTemperature(distilbert, 4))).toBe('changed');
    expect(state(copyArm(distilbert, distilbert.arms[0]).experiment)).toBe('changed');
    expect(state({ ...distilbert, arms: [distilbert.arms[1]] })).toBe('changed');
    expect(state({ ...distilbert, text })).toBe('changed');
    expect(state(withTeacher(distilbert, kept, bundledTeachers['stories-4x32']))).toBe('changed');
  });

  it('is somebody’s own where nothing of it is left', () => {
    expect(state(continuedTeacher(distilbert, distilbert.text, null))).toBe('own');
    expect(state(scratchTeacher(text, 512, distilbert.arms[0].student))).toBe('own');
    expect(state(distilledFrom({ text }, kept, bundledTeachers['stories-4x32']))).toBe('own');
    expect(
      state({ ...distilbert, arms: distilbert.arms.map((arm, i) => ({ ...arm, id: `arm-${i}` })) }),
    ).toBe('own');
  });
});
