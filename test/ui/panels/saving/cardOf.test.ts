import { expect, it } from 'vitest';
import { teacherModel } from '../../../../src/config/modelIds';
import { presets } from '../../../../src/config/presets';
import type { EvaluationPoint } from '../../../../src/config/results';
import { otherTeacherId } from '../../../../src/config/savable';
import { bundledTeachers } from '../../../../src/config/teachers';
import { cardOf, folderOf, linkOf } from '../../../../src/ui/panels/saving/cardOf';

const experiment = { ...presets.tiny, others: [{ kind: 'random' as const }] };
const [{ id: arm }] = experiment.arms;
const figures = (accuracy: number) => ({
  loss: 1,
  accuracy,
  agreement: 0.5,
  klToTeacher: 0.1,
  confusion: [
    [3, 1],
    [1, 3],
  ],
});
const losses = { total: 1, terms: {}, gradientNorm: null };
const point: EvaluationPoint = {
  step: 30,
  extent: 'full',
  sequences: 8,
  maskedWords: 8,
  teacher: figures(0.9),
  others: [figures(0.1)],
  arms: { [arm]: { ...figures(0.7), losses, attention: null } },
};
const status = { state: 'paused' as const, step: 30, steps: 60, stepsPerSecond: null };
const facts = (id: string, metric: 'accuracy' | 'matthews' | null = null) =>
  cardOf({
    state: { experiment, status },
    known: { models: [], classes: null, pairs: false, ownTokenizer: false },
    model: { id, shape: bundledTeachers['stories-4x32'], parameters: 9 },
    name: id,
    folder: 'folder',
    point,
    metric,
    href: 'https://example.org/stillroom/?theme=dark#top',
  });

it('has each model’s own figures beside the teacher’s', () => {
  const accuracies = [teacherModel, otherTeacherId(0), arm].map((id) => facts(id).measured!.own.accuracy);
  expect(accuracies).toEqual([0.9, 0.1, 0.7]);
  expect(facts(arm).model).toEqual({ kind: 'arm', arm: experiment.arms[0] });
  expect(facts(otherTeacherId(0)).model).toEqual({ kind: 'other', other: { kind: 'random' } });
  expect(facts(arm).measured!.teacher!.accuracy).toBe(0.9);
});

it('has the figure of a task beside the share that is right', () => {
  expect(facts(arm, 'matthews').measured!.figure).toEqual({ metric: 'matthews', own: 0.5, teacher: 0.5 });
  expect(facts(arm, 'accuracy').measured!.figure).toBeUndefined();
});

it('leads to the experiment, and from a page of this machine alone says what to ask another one for', () => {
  expect(linkOf(presets.tiny, 'https://example.org/stillroom/?theme=dark#top')).toMatch(
    /^https:\/\/example\.org\/stillroom\/\?preset=tiny$/,
  );
  for (const here of ['http://localhost:4173/', 'http://127.0.0.1:8080/?x', 'http://[::1]/']) {
    expect(linkOf(presets.tiny, here)).toBe('?preset=tiny');
  }
});

it('names folders in plain letters', () => {
  expect(folderOf('distilled', 60, true)).toBe('stillroom-distilled-step-60');
  expect(folderOf(teacherModel, 60, false)).toBe('stillroom-teacher');
  expect(folderOf(otherTeacherId(0), 60, false)).toBe('stillroom-teacher-2');
});
