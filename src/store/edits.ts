/** Changes of an experiment that the page offers, as plain functions: each returns a new one and leaves the old alone. */
import { bounds } from '../config/bounds';
import { settingsBetween, withSettings } from '../config/compare';
import type { Architecture, Arm, Experiment, TeacherSource, TextSource } from '../config/experiment';
import { everyOtherBlock } from '../config/mapping';
import { hardLabels, isSoftened, learnsFromTeacher, planOf } from '../config/objective';
import { presets } from '../config/presets';
import { sourceShape, teacherShapes } from '../config/sources';
import { stageAt, stageCount } from '../config/stages';
import { isTask } from '../config/tasks';
import { bundledTeachers, type TeacherShape } from '../config/teachers';
import { stepsForText, teacherArmIds } from '../config/teacherTraining';
import { type ChoiceId, optionsOf } from '../methods/registry';
import { inEveryStage } from './stageEdits';

const withArms = (experiment: Experiment, change: (arm: Arm) => Arm): Experiment => ({
  ...experiment,
  arms: experiment.arms.map(change),
});

/** T of every arm that learns targets softened at it. */
export const withTemperature = (experiment: Experiment, temperature: number): Experiment =>
  withArms(experiment, (arm) => (isSoftened(arm) ? { ...arm, temperature } : arm));

export const changeArm = (experiment: Experiment, id: string, change: Partial<Arm>): Experiment =>
  withArms(experiment, (arm) => (arm.id === id ? { ...arm, ...change } : arm));

/**
 * The draft with the numbers that act at once (T, loss weights, live dials, learning rate) as they now are in the run. A loss
 * that the run's arm doesn't have is the draft's own: it came with what makes it fit, or brings parameters along.
 * `of`: which stage of the run each of the draft's is, null for one that has no numbers in the run.
 */
export function withLiveNumbers(
  draft: Experiment,
  present: Experiment,
  of: (stage: number) => number | null = (stage) => stage,
): Experiment {
  return inEveryStage(draft, (own, stage) => {
    const live = of(stage);
    return live === null || live >= stageCount(present) ? own : withNumbersOf(own, stageAt(present, live));
  });
}

function withNumbersOf(draft: Experiment, present: Experiment): Experiment {
  const live = new Map(present.arms.map((arm) => [arm.id, arm]));
  const arms = draft.arms.map((arm) => live.get(arm.id) ?? arm);
  const settings = settingsBetween(draft, { ...present, arms });
  return withSettings(
    draft,
    settings.filter(({ path, value }) => value !== 0 || !path.includes('.weights.')),
  );
}

/** An arm with another option of a choice; the one that the method has at first is left out. */
export function withChoice(arm: Arm, choice: ChoiceId, option: string): Arm {
  const { [choice]: _, ...others } = arm.choices;
  return { ...arm, choices: option === optionsOf(choice)[0] ? others : { ...others, [choice]: option } };
}

/** A copy of an arm behind the others, under an id of its own, with `change` made to it. */
export function copyArm(experiment: Experiment, source: Arm, change: Partial<Arm> = {}) {
  const taken = new Set(experiment.arms.map(({ id }) => id));
  let number = experiment.arms.length + 1;
  while (taken.has(`arm-${number}`)) number++;
  const copy: Arm = { ...source, ...change, id: `arm-${number}` };
  return { experiment: { ...experiment, arms: [...experiment.arms, copy] }, id: copy.id };
}

/**
 * An arm with another number of layers; those that it copies are spread over the teacher anew, and those that it is compared
 * with over `source`, whom it learns from.
 */
export function withLayers(
  arm: Arm,
  layers: number,
  teacher: TeacherShape | null,
  source: TeacherShape | null = teacher,
): Arm {
  const spread = (over: TeacherShape | null, before: number[]) =>
    over ? everyOtherBlock(over.layers, layers) : before.slice(0, layers);
  const { initialisation } = arm;
  return {
    ...arm,
    student: { ...arm.student, layers },
    // Lists have a number for each layer or head; as a method has them at first they fit.
    lists: layers === arm.student.layers ? arm.lists : {},
    mapping: spread(source, arm.mapping),
    initialisation:
      initialisation.kind === 'random'
        ? initialisation
        : { ...initialisation, blocks: spread(teacher, initialisation.blocks) },
  };
}

/** An arm fitted to a teacher: half its layers and its width, copied from it where the arm was a copy. */
function fitted(arm: Arm, teacher: TeacherShape): Arm {
  const { hiddenSize, heads, intermediateSize } = teacher;
  const layers = Math.max(bounds.layers.min, Math.floor(teacher.layers / 2));
  const student = { ...arm.student, hiddenSize, heads, intermediateSize };
  return withLayers({ ...arm, student, lists: {} }, layers, teacher);
}

/**
 * The experiment under another teacher; one without distilled students gets DistilBERT's pair. Teachers beside the first
 * that speak of other words than the new one are left out, and whoever learned from them learns from it.
 */
export function withTeacher(experiment: Experiment, teacher: TeacherSource, shape: TeacherShape): Experiment {
  const keeps = stageCount(experiment) > 1 || experiment.arms.some(learnsFromTeacher);
  const students = keeps ? experiment : { ...experiment, arms: presets.distilbert.arms };
  return inEveryStage(students, (own) => underTeacher(own, teacher, shape));
}

function underTeacher(experiment: Experiment, teacher: TeacherSource, shape: TeacherShape): Experiment {
  const { training, arms } = experiment;
  const sequenceLength = Math.min(training.sequenceLength, shape.maxPositions);
  const { others, ...alone } = experiment;
  const understood = teacherShapes({ others }, shape).every(
    ({ vocabularySize }) => vocabularySize === shape.vocabularySize,
  );
  const changed: Experiment = {
    ...(understood ? experiment : alone),
    teacher,
    training: { ...training, sequenceLength },
    arms: arms.map((arm) => fitted(understood || arm.taughtBy?.kind === 'arm' ? arm : untaught(arm), shape)),
  };
  return { ...changed, arms: changed.arms.map((arm) => mappedOnSource(changed, shape, arm)) };
}

/** An arm that learns from the teacher. */
function untaught({ taughtBy: _, ...arm }: Arm): Arm {
  return arm;
}

/** Spread over the layers of whom the arm learns from, where that is not the teacher. */
function mappedOnSource(experiment: Experiment, teacher: TeacherShape, arm: Arm): Arm {
  if (!arm.taughtBy) return arm;
  const { layers } = sourceShape(experiment, teacher, arm);
  return { ...arm, mapping: everyOtherBlock(layers, arm.student.layers) };
}

/** Up to this width the budget of the preset `tiny` suits a student, else that of `distilbert`. */
const tinyWidth = 64;

/** DistilBERT's pair under a teacher that has just been trained, on the same text, with the budget of a preset of that size. */
export function distilledFrom(
  { text }: Pick<Experiment, 'text'>,
  teacher: TeacherSource,
  shape: TeacherShape,
): Experiment {
  const { training, arms } = shape.hiddenSize <= tinyWidth ? presets.tiny : presets.distilbert;
  return withTeacher({ text, teacher, training, arms }, teacher, shape);
}

/** The experiment with other rows wherever it names those of a person's own under `id`. */
export function withOwnRows(experiment: Experiment, id: string, rows: TextSource): Experiment {
  const replaced = <T extends Pick<Experiment, 'text'>>(stage: T): T =>
    stage.text.kind === 'rows' && stage.text.id === id ? { ...stage, text: rows } : stage;
  const changed = replaced(experiment);
  return changed.later ? { ...changed, later: changed.later.map(replaced) } : changed;
}

const oneToOne = (layers: number) => Array.from({ length: layers }, (_, m) => m + 1);

/** What both ways of training a teacher share: one arm, hard labels alone. */
const teacherArm = (arm: Pick<Arm, 'id' | 'student' | 'initialisation'>): Arm => ({
  ...arm,
  ...planOf(hardLabels, { temperature: 2, mapping: oneToOne(arm.student.layers) }),
});

/** All of a text: a teacher that doesn't know a word has nothing to say of it. */
function whole(source: TextSource): TextSource {
  if (isTask(source)) return source;
  const { without: _, ...text } = source;
  return text;
}

/**
 * The learning rate of a teacher that knows the language already. With the students' 2e-3 the bundled one loses most of
 * it: on 60 KB of other text its held-out loss rose from 2.9 to 3.7 nats in 40 steps, with this one to 3.0.
 */
const gentleRate = 5e-4;

/**
 * A teacher trained on from the one in use, or from the bundled one: all its layers copied, hard labels alone.
 * `sequences`: how many the text gives to train on, where that is known; the number of steps follows from it.
 */
export function continuedTeacher(
  experiment: Experiment,
  text: TextSource,
  inUse: TeacherShape | null,
  sequences: number | null = null,
): Experiment {
  const teacher = inUse ? experiment.teacher : presets.distilbert.teacher;
  const shape = inUse ?? bundledTeachers['stories-4x128'];
  const { vocabularySize: _, maxPositions, ...student } = shape;
  const { training } = presets.distilbert;
  const steps = stepsForText('continued', sequences, training.batchSize);
  const arm = teacherArm({
    id: teacherArmIds.continued,
    student,
    initialisation: { kind: 'copy', blocks: oneToOne(shape.layers) },
  });
  return {
    text: whole(text),
    teacher,
    training: {
      ...training,
      sequenceLength: Math.min(training.sequenceLength, maxPositions),
      steps,
      learningRate: gentleRate,
      evaluateEvery: evaluationsOf(steps),
    },
    arms: [arm],
  };
}

/** A teacher trained from scratch on a text, with a tokenizer of its own. `sequences` as above. */
export function scratchTeacher(
  text: TextSource,
  vocabularySize: number,
  student: Architecture,
  sequences: number | null = null,
): Experiment {
  const batchSize = 32;
  const steps = stepsForText('scratch', sequences, batchSize);
  const arm = teacherArm({ id: teacherArmIds.scratch, student, initialisation: { kind: 'random' } });
  return {
    text: whole(text),
    teacher: { kind: 'none', vocabularySize },
    training: {
      ...presets.distilbert.training,
      steps,
      batchSize,
      learningRate: 1e-3,
      evaluateEvery: evaluationsOf(steps),
    },
    arms: [arm],
  };
}

/** Steps between two evaluations of a teacher in training: about twenty in all, so that a turn for the worse is seen. */
export const evaluationsOf = (steps: number) => Math.max(1, Math.round(steps / 20));
