import type { TeacherSource } from '../config/experiment';
import { bundledTeachers, type TeacherShape } from '../config/teachers';
import type { Opened } from '../protocol/messages';

/** The shape of a teacher; null without one, undefined where it is not known before the teacher is loaded. */
export function teacherShape(source: TeacherSource, opened: Opened | null): TeacherShape | null | undefined {
  if (source.kind === 'none') return null;
  if (source.kind === 'bundled') return bundledTeachers[source.id];
  const present = opened?.experiment.teacher;
  return present?.kind === 'saved' && present.id === source.id ? (opened?.words ?? undefined) : undefined;
}
