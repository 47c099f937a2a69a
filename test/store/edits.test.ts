import { describe, expect, it } from 'vitest';
import { checkExperiment } from '../../src/config/check';
import { difference } from '../../src/config/compare';
import type { Experiment, RowsSource } from '../../src/config/experiment';
import { learnsFromTeacher } from '../../src/config/objective';
import { presets } from '../../src/config/presets';
import { bundledTeachers } from '../../src/config/teachers';
import {
  changeArm,
  copyArm,
  withLayers,
  withLiveNumbers,
  withOwnRows,
  withTeacher,
} from '../../src/store/edits';

const { distilbert } = presets;
const small = bundledTeachers['stories-4x32'];

describe('a draft', () => {
  it('takes its live numbers from the run, and keeps those of arms that are new', () => {
    const { experiment: draft, id } = copyArm(distilbert, distilbert.arms[0], { temperature: 8 });
    const run = changeArm(distilbert, 'distilled', { temperature: 3 });
    const shown = withLiveNumbers(draft, run);
    expect(shown.arms.map(({ temperature }) => temperature)).toEqual([3, 2, 8]);
    expect(shown.arms[2].id).toBe(id);
    expect(difference(run, shown)).toBe('structure');
    expect(difference(run, withLiveNumbers(distilbert, run))).toBe('none');
  });

  it('names copies by ids that are free', () => {
    const first = copyArm(distilbert, distilbert.arms[0]);
    const second = copyArm(first.experiment, distilbert.arms[0]);
    expect(new Set(second.experiment.arms.map(({ id }) => id)).size).toBe(4);
  });
});

describe('layer mappings', () => {
  it('follow the number of layers', () => {
    const arm = withLayers(distilbert.arms[0], 4, bundledTeachers['stories-4x128']);
    expect(arm.mapping).toEqual([1, 2, 3, 4]);
    expect(arm.initialisation).toEqual({ kind: 'copy', blocks: [1, 2, 3, 4] });
  });
});

describe('another teacher', () => {
  const source = { kind: 'saved', id: 'mine', name: 'Mine' } as const;

  it('brings students that fit it', () => {
    const changed = withTeacher(distilbert, source, small);
    expect(checkExperiment(changed, small)).toEqual([]);
    expect(changed.arms[0].student.hiddenSize).toBe(32);
  });

  it('brings DistilBERT’s pair where nobody learned from a teacher', () => {
    const alone = { ...distilbert, arms: [distilbert.arms[1]] };
    const changed = withTeacher(alone, source, { ...small, layers: 1, maxPositions: 16 });
    expect(changed.arms.some(learnsFromTeacher)).toBe(true);
    expect(changed.training.sequenceLength).toBe(16);
    expect(checkExperiment(changed, { ...small, layers: 1, maxPositions: 16 })).toEqual([]);
  });
});

describe('withOwnRows', () => {
  const rows = (id: string): RowsSource => ({ kind: 'rows', id, name: 'mails.csv', labels: 2 });
  const [lost, found] = [rows('0123456789abcdef'), rows('fedcba9876543210')];

  it('puts other rows in their place in every stage, and leaves all else alone', () => {
    const { training } = presets.tiny;
    const course: Experiment = {
      ...presets.tiny,
      later: [lost, found, { kind: 'task' as const, id: 'same' as const }].map((text) => ({
        text,
        training,
      })),
    };
    const changed = withOwnRows(course, lost.id, { ...found, labels: 3 });
    expect(changed.text).toBe(course.text);
    expect(changed.later!.map(({ text }) => text)).toEqual([
      { ...found, labels: 3 },
      found,
      { kind: 'task', id: 'same' },
    ]);
    expect(withOwnRows({ ...presets.tiny, text: lost }, lost.id, found)).toEqual({
      ...presets.tiny,
      text: found,
    });
  });
});
