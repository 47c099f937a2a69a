/** The shapes of those who teach, and a student beside them. */
import type { Pair } from '../methods/method';
import type { Arm, Experiment } from './experiment';
import { bundledTeachers, type TeacherShape } from './teachers';

/** All teachers' shapes, that of the first ahead, which is `teacher`. */
export const teacherShapes = (
  { others = [] }: Pick<Experiment, 'others'>,
  teacher: TeacherShape,
): TeacherShape[] => [
  teacher,
  ...others.map((other) => (other.kind === 'bundled' ? bundledTeachers[other.id] : teacher)),
];

/** The shape of whom an arm learns from; of an ensemble, that of the first teacher. */
export function sourceShape(experiment: Experiment, teacher: TeacherShape, { taughtBy }: Arm): TeacherShape {
  if (taughtBy?.kind === 'arm') {
    const peer = experiment.arms.find(({ id }) => id === taughtBy.id);
    const { vocabularySize, maxPositions } = teacher;
    return peer ? { ...peer.student, vocabularySize, maxPositions } : teacher;
  }
  const index = taughtBy?.kind === 'member' ? taughtBy.index : 1;
  return teacherShapes(experiment, teacher)[index - 1] ?? teacher;
}

/** True where an arm's mapping names layers of the first teacher, which all figures compare with; else it names another's. */
export const isMappedOnTeacher = ({ taughtBy }: Pick<Arm, 'taughtBy'>): boolean =>
  taughtBy === undefined || taughtBy.kind === 'ensemble';

/** An arm's student and whom it learns from, as methods see them. */
export const pairOf = (arm: Arm, source: TeacherShape): Pair => ({
  student: { ...arm.student, vocabularySize: source.vocabularySize },
  teacher: source,
  plan: arm,
});
