/** Changes of an experiment that the page offers, as pure functions. */
import {
  type Architecture,
  type Arm,
  type Experiment,
  hardLabels,
  learnsFromTeacher,
  type Objective,
  type TextSource,
} from '../config/experiment';
import { presets } from '../config/presets';
import { bundledTeachers, type TeacherShape } from '../config/teachers';

const withArms = (experiment: Experiment, change: (arm: Arm) => Arm): Experiment => ({
  ...experiment,
  arms: experiment.arms.map(change),
});

/** T of one arm, or of every arm that learns from the teacher. */
export const withTemperature = (experiment: Experiment, temperature: number, id?: string): Experiment =>
  withArms(experiment, (arm) =>
    (id === undefined ? learnsFromTeacher(arm) : arm.id === id) ? { ...arm, temperature } : arm,
  );

export const withObjective = (experiment: Experiment, id: string, objective: Objective): Experiment =>
  withArms(experiment, (arm) => (arm.id === id ? { ...arm, objective } : arm));

const oneToOne = (layers: number) => Array.from({ length: layers }, (_, m) => m + 1);

/** A teacher trained on from the one in use, or from the bundled one: all its blocks copied, hard labels alone. */
export function continuedTeacher(
  experiment: Experiment,
  text: TextSource,
  inUse: TeacherShape | null,
): Experiment {
  const teacher = inUse ? experiment.teacher : presets.distilbert.teacher;
  const shape = inUse ?? bundledTeachers['stories-4x128'];
  const { vocabularySize: _, maxPositions: __, ...student } = shape;
  const blocks = oneToOne(shape.layers);
  const arm: Arm = {
    id: 'continued',
    student,
    initialisation: { kind: 'copy', blocks },
    objective: hardLabels,
    temperature: 2,
    softTargets: 'teacher',
    positions: 'all',
    mapping: blocks,
  };
  return { text, teacher, training: { ...presets.distilbert.training, steps: 300 }, arms: [arm] };
}

/** A teacher trained from scratch on a text, with a tokenizer of its own. */
export function scratchTeacher(text: TextSource, vocabularySize: number, student: Architecture): Experiment {
  const arm: Arm = {
    id: 'from-scratch',
    student,
    initialisation: { kind: 'random' },
    objective: hardLabels,
    temperature: 2,
    softTargets: 'teacher',
    positions: 'all',
    mapping: oneToOne(student.layers),
  };
  return {
    text,
    teacher: { kind: 'none', vocabularySize },
    training: {
      ...presets.distilbert.training,
      steps: 3000,
      batchSize: 32,
      learningRate: 1e-3,
      evaluateEvery: 100,
    },
    arms: [arm],
  };
}
