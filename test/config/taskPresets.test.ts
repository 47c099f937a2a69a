/** What the presets that end with a task hold: stages, who is beside whom, and that any task can take the task's place. */
import { describe, expect, it } from 'vitest';
import { checkExperiment } from '../../src/config/check';
import type { Experiment } from '../../src/config/experiment';
import { presets } from '../../src/config/presets';
import { presetGroups } from '../../src/config/presets/groups';
import { plansOf, stagesOf } from '../../src/config/stages';
import { bundledTaskIds } from '../../src/config/tasks';
import { bundledTeachers, type TeacherShape } from '../../src/config/teachers';

const { presets: names } = presetGroups.find(({ group }) => group === 'tasks')!;
const shapeOf = ({ teacher }: Experiment): TeacherShape | null =>
  teacher.kind === 'bundled' ? bundledTeachers[teacher.id] : null;
/** By arm, the terms of each stage. */
const terms = ({ arms }: Experiment) =>
  Object.fromEntries(
    arms.map((arm) => [arm.id, plansOf(arm).map(({ weights }) => Object.keys(weights).join(' '))]),
  );

describe.each(names)('%s', (name) => {
  const preset: Experiment = presets[name];

  it.each(bundledTaskIds)('can be run on %s', (id) => {
    const onTask = <T extends Pick<Experiment, 'text'>>(stage: T): T =>
      stage.text.kind === 'task' ? { ...stage, text: { kind: 'task', id } } : stage;
    const changed = { ...onTask(preset), ...(preset.later && { later: preset.later.map(onTask) }) };
    expect(checkExperiment(changed, shapeOf(preset))).toEqual([]);
  });

  it('ends with a task whose teacher is tuned alike in all its stages', () => {
    const ofTask = stagesOf(preset).filter(({ text }) => text.kind === 'task');
    expect(stagesOf(preset).at(-1)!.text.kind).toBe('task');
    expect(new Set(ofTask.map(({ tuning }) => JSON.stringify(tuning))).size).toBe(1);
    expect(ofTask[0].tuning).toBeDefined();
  });

  it('has beside what learns from a teacher one that never does', () => {
    const alone = Object.values(terms(preset)).filter((stages) => stages.every((terms) => terms === 'mlm'));
    expect(alone.length).toBeGreaterThan(0);
    expect(alone.length).toBeLessThan(preset.arms.length);
  });
});

it('TinyBERT learns layers on text, layers on varied rows, then predictions, beside its own student on labels', () => {
  const preset: Experiment = presets['tinybert-task'];
  expect(stagesOf(preset).map(({ text, augmentation }) => [text.kind, augmentation?.tries])).toEqual([
    ['bundled', undefined],
    ['task', 10],
    ['task', 10],
  ]);
  const { tinybert, ...controls } = terms(preset);
  expect(tinybert).toEqual(['embd attn hidn', 'embd attn hidn', 'pred']);
  expect(controls).toEqual({ labels: ['mlm', 'mlm', 'mlm'], scratch: ['mlm', 'mlm', 'mlm'] });
  const [own, labels, scratch] = preset.arms;
  expect([labels.student, scratch.student]).toEqual([own.student, own.student]);
  expect(labels.initialisation).toEqual(own.initialisation);
  expect(scratch.initialisation).toEqual({ kind: 'random' });
});

it('DistilBERT is fine-tuned without a task’s teacher and with one', () => {
  expect(terms(presets['distilbert-task'])).toEqual({
    distilled: ['ce mlm cos', 'mlm'],
    'task-teacher': ['ce mlm cos', 'ce mlm'],
    twin: ['mlm', 'mlm'],
  });
});

it('start and teacher are the two sides of one table', () => {
  const preset: Experiment = presets['fine-tune'];
  const sides = preset.arms.map((arm) => [arm.initialisation.kind, Object.keys(arm.weights).join(' ')]);
  expect(sides).toEqual([
    ['copy', 'mlm'],
    ['copy', 'ce mlm'],
    ['random', 'mlm'],
    ['random', 'ce mlm'],
  ]);
});
