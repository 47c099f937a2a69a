/** How a teacher of words is made one of a task. */
import type { Arm, Experiment } from './experiment';
import { bottomMapping } from './mapping';
import { hardLabels, planOf } from './objective';
import type { TeacherShape } from './teachers';

/** The experiment by which a stage's teacher is tuned: one arm, as large as the teacher, with the labels alone. */
export function tuningExperiment(
  { text, training, tuning, teacher }: Experiment,
  shape: TeacherShape,
): Experiment {
  const { vocabularySize: _vocabularySize, maxPositions: _maxPositions, ...student } = shape;
  const blocks = bottomMapping(student.layers, student.layers);
  const arm: Arm = {
    id: 'teacher',
    student,
    initialisation: { kind: 'copy', blocks },
    ...planOf(hardLabels, { temperature: 1, mapping: blocks }),
  };
  return { text, teacher, training: { ...training, ...tuning }, arms: [arm] };
}
