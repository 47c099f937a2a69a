/** Stages that come or get another text: what they then need is put right with it. */
import type { Experiment, TextSource } from '../config/experiment';
import { learnsFromTeacher } from '../config/objective';
import { withoutNothing } from '../config/paths';
import { stageCount } from '../config/stages';
import { isTask, usualTuning } from '../config/tasks';
import type { TeacherShape } from '../config/teachers';
import { inStage, withStages } from './stageEdits';
import { withSource } from './taughtBy';

/**
 * A stage, as an experiment of its own, on another text or task. A task is taught by the teacher, who is tuned on it first, or by
 * another arm; what only a task has goes with it. `teacher`: null where there is none.
 */
export function withText(own: Experiment, text: TextSource, teacher: TeacherShape | null): Experiment {
  const { tuning, augmentation, ...stage } = own;
  if (!isTask(text)) return { ...stage, text };
  const needed = teacher !== null && own.arms.some(learnsFromTeacher);
  const changed = withoutNothing<Experiment>({
    ...stage,
    text,
    tuning: tuning ?? (needed ? usualTuning : undefined),
    augmentation: isTask(own.text) ? augmentation : undefined,
  });
  if (!teacher) return changed;
  const ofOthers = changed.arms.filter(({ taughtBy }) => taughtBy && taughtBy.kind !== 'arm');
  return ofOthers.reduce((before, arm) => withSource(before, teacher, arm, undefined), changed);
}

/** The experiment with another stage behind the last, which is like that one but for its text. */
export function withStageAdded(
  experiment: Experiment,
  text: TextSource,
  teacher: TeacherShape | null,
): Experiment {
  const last = stageCount(experiment) - 1;
  const order = Array.from({ length: last + 1 }, (_, stage) => stage);
  const longer = withStages(experiment, [...order, last]);
  return inStage(longer, last + 1, (own) => withText(own, text, teacher));
}
