/** Changes to an experiment as plain functions: every one returns a new experiment and leaves the old one alone. */
import { bounds } from '../../../config/bounds';
import { type Arm, type Experiment, learnsFromTeacher, type TeacherSource } from '../../../config/experiment';
import { everyOtherBlock } from '../../../config/mapping';
import { presets } from '../../../config/presets';
import type { TeacherShape } from '../../../config/teachers';

/** The draft with the numbers that act at once (T, loss weights, learning rate) as they now are in the run. */
export function withLiveNumbers(draft: Experiment, present: Experiment): Experiment {
  const live = new Map(present.arms.map((arm) => [arm.id, arm]));
  return {
    ...draft,
    training: { ...draft.training, learningRate: present.training.learningRate },
    arms: draft.arms.map((arm) => {
      const { temperature, objective } = live.get(arm.id) ?? arm;
      return { ...arm, temperature, objective };
    }),
  };
}

export const changeArm = (experiment: Experiment, id: string, change: Partial<Arm>): Experiment => ({
  ...experiment,
  arms: experiment.arms.map((arm) => (arm.id === id ? { ...arm, ...change } : arm)),
});

/** A copy of an arm behind the others, under an id of its own, with `change` made to it. */
export function copyArm(experiment: Experiment, source: Arm, change: Partial<Arm> = {}) {
  const taken = new Set(experiment.arms.map(({ id }) => id));
  let number = experiment.arms.length + 1;
  while (taken.has(`arm-${number}`)) number++;
  const copy: Arm = { ...source, ...change, id: `arm-${number}` };
  return { experiment: { ...experiment, arms: [...experiment.arms, copy] }, id: copy.id };
}

/** An arm with another number of layers; the blocks it copies and is compared with are spread over the teacher anew. */
export function withLayers(arm: Arm, layers: number, teacher: TeacherShape | null): Arm {
  const spread = teacher ? everyOtherBlock(teacher.layers, layers) : arm.mapping.slice(0, layers);
  return {
    ...arm,
    student: { ...arm.student, layers },
    mapping: spread,
    initialisation:
      arm.initialisation.kind === 'copy' ? { kind: 'copy', blocks: spread } : arm.initialisation,
  };
}

/** An arm fitted to a teacher: half its layers and its width, copied from it where the arm was a copy. */
function fitted(arm: Arm, teacher: TeacherShape): Arm {
  const { hiddenSize, heads, intermediateSize } = teacher;
  const layers = Math.max(bounds.layers.min, Math.floor(teacher.layers / 2));
  return withLayers(
    { ...arm, student: { ...arm.student, hiddenSize, heads, intermediateSize } },
    layers,
    teacher,
  );
}

/** The experiment under another teacher; one without distilled students gets DistilBERT's pair. */
export function withTeacher(experiment: Experiment, teacher: TeacherSource, shape: TeacherShape): Experiment {
  const { training, arms } = experiment;
  const sequenceLength = Math.min(training.sequenceLength, shape.maxPositions);
  const students = arms.some(learnsFromTeacher) ? arms : presets.distilbert.arms;
  return {
    ...experiment,
    teacher,
    training: { ...training, sequenceLength },
    arms: students.map((arm) => fitted(arm, shape)),
  };
}
