import { withDatabase } from './database';
import type { TeacherCard, TeacherFiles } from './schema';
import { limits } from './timeLimit';

export type { TeacherCard } from './schema';

/** A model that was trained here, in Hugging Face's files. */
export type SavedTeacher = Omit<TeacherCard, 'bytes'> & TeacherFiles;

/** Keeps a teacher; one with the same id is replaced. @throws ProblemError as `withDatabase` */
export const saveTeacher = (id: string, teacher: Omit<SavedTeacher, 'id'>): Promise<void> =>
  withDatabase(async (database) => {
    const { name, shape, created, config, tokenizer, weights } = teacher;
    const bytes = weights.byteLength + JSON.stringify([config, tokenizer]).length;
    const transaction = database.transaction(['teacherCards', 'teacherFiles'], 'readwrite');
    await Promise.all([
      transaction.objectStore('teacherCards').put({ id, name, shape, created, bytes }),
      transaction.objectStore('teacherFiles').put({ config, tokenizer, weights }, id),
      transaction.done,
    ]);
  }, limits.weights);

/** Null where there is none, or only a part of it. @throws ProblemError as `withDatabase` */
export const loadTeacher = (id: string): Promise<SavedTeacher | null> =>
  withDatabase(async (database) => {
    const [card, files] = await Promise.all([
      database.get('teacherCards', id),
      database.get('teacherFiles', id),
    ]);
    if (!card || !(files?.weights instanceof ArrayBuffer)) return null;
    const { name, shape, created } = card;
    return { id, name, shape, created, ...files };
  }, limits.weights);

/** The kept teachers, the newest first; their files are not read. @throws ProblemError as `withDatabase` */
export const listTeachers = (): Promise<TeacherCard[]> =>
  withDatabase(async (database) => {
    const cards = await database.getAll('teacherCards');
    return cards.sort((a, b) => b.created - a.created);
  });

/** @throws ProblemError as `withDatabase` */
export const deleteTeacher = (id: string): Promise<void> =>
  withDatabase(async (database) => {
    const transaction = database.transaction(['teacherCards', 'teacherFiles'], 'readwrite');
    await Promise.all([
      transaction.objectStore('teacherCards').delete(id),
      transaction.objectStore('teacherFiles').delete(id),
      transaction.done,
    ]);
  });
