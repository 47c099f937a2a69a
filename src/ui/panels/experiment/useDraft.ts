import { useState } from 'react';
import { checkExperiment } from '../../../config/check';
import { difference } from '../../../config/compare';
import type { Arm, Experiment, Objective, TeacherSource } from '../../../config/experiment';
import type { PresetName } from '../../../config/presets';
import type { Problem } from '../../../config/problems';
import { bundledTeachers, type TeacherShape } from '../../../config/teachers';
import type { Opened } from '../../../protocol/messages';
import { usePlayground } from '../../../store/usePlayground';
import { changeArm, withLiveNumbers } from '../../../store/edits';

/** What an editor is given: the experiment as drafted, and the ways to change it. */
export interface Draft {
  /** The draft, or the present experiment where nothing is pending. */
  experiment: Experiment;
  /** The teacher's shape; null without a teacher, undefined where it could not be loaded. */
  teacher: TeacherShape | null | undefined;
  pending: boolean;
  problems: Problem[];
  /** A change of structure: it waits for `apply`. `teacher`: its shape, where the change brings another one. */
  edit(change: (experiment: Experiment) => Experiment, teacher?: TeacherShape): void;
  /** Numbers act at once, or join the draft where their arm is new in it. */
  setTemperature(arm: Arm, temperature: number): void;
  setObjective(arm: Arm, objective: Objective): void;
  setLearningRate(learningRate: number): void;
  apply(): void;
  discard(): void;
}

function shapeOf(source: TeacherSource, opened: Opened | null): TeacherShape | null | undefined {
  if (source.kind === 'none') return null;
  if (source.kind === 'bundled') return bundledTeachers[source.id];
  const present = opened?.experiment.teacher;
  return present?.kind === 'saved' && present.id === source.id ? opened?.teacher?.shape : undefined;
}

/** Structural changes are gathered here until they are applied, since they restart the run. */
export function useDraft(): Draft {
  const present = usePlayground((state) => state.experiment);
  const preset = usePlayground((state) => state.preset);
  const opened = usePlayground((state) => state.opened);
  const actions = usePlayground((state) => state.actions);
  const [kept, setKept] = useState<{
    preset: PresetName;
    experiment: Experiment;
    teacher?: TeacherShape;
  } | null>(null);

  // A draft belongs to the preset it was begun in; choosing another one drops it.
  const draft = kept?.preset === preset ? kept : null;
  const experiment = draft ? withLiveNumbers(draft.experiment, present) : present;
  const pending = difference(present, experiment) !== 'none';
  const teacher = draft?.teacher ?? shapeOf(experiment.teacher, opened);
  const edit: Draft['edit'] = (change, shape = draft?.teacher) =>
    setKept({ preset, experiment: change(experiment), teacher: shape });
  const isNew = ({ id }: Arm) => present.arms.every((arm) => arm.id !== id);

  return {
    experiment,
    teacher,
    pending,
    problems: teacher === undefined ? [] : checkExperiment(experiment, teacher),
    edit,
    setTemperature: (arm, temperature) =>
      isNew(arm)
        ? edit((before) => changeArm(before, arm.id, { temperature }))
        : actions.setTemperature(temperature, arm.id),
    setObjective: (arm, objective) =>
      isNew(arm)
        ? edit((before) => changeArm(before, arm.id, { objective }))
        : actions.setObjective(arm.id, objective),
    setLearningRate: actions.setLearningRate,
    apply: () => {
      actions.applyExperiment(experiment);
      setKept(null);
    },
    discard: () => setKept(null),
  };
}
