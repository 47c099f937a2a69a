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
  actions: Pick<PlaygroundActions, 'pause' | 'saveAsTeacher'>,
  arm: string,
  name: string,
): Promise<KeptTeacher | null> {
  await actions.pause();
  const saved = await actions.saveAsTeacher(arm, name);
  return saved && { source: { kind: 'saved', id: saved.id, name: saved.name }, shape: saved.shape };
}
