/** Keeping a trained model as a teacher, so that an experiment can name it. */
import type { TeacherSource } from '../config/experiment';
import type { TeacherShape } from '../config/teachers';
import type { PlaygroundActions } from './state';

export interface KeptTeacher {
  source: Extract<TeacherSource, { kind: 'saved' }>;
  shape: TeacherShape;
}

/**
 * Keeps an arm, as it is now, as a teacher under `name`; the run rests meanwhile. Null where it could not be kept,
 * which the store has told then.
 */
export async function keepTeacher(
  actions: Pick<PlaygroundActions, 'pause' | 'saveAsTeacher' | 'listTeachers'>,
  arm: string,
  name: string,
): Promise<KeptTeacher | null> {
  await actions.pause();
  const known = new Set((await actions.listTeachers()).map(({ id }) => id));
  await actions.saveAsTeacher(arm, name);
  const kept = (await actions.listTeachers()).find(({ id }) => !known.has(id));
  return kept ? { source: { kind: 'saved', id: kept.id, name: kept.name }, shape: kept.shape } : null;
}
