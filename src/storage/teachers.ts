import { type SavedTeacher, withDatabase } from './database';

/** Keeps a teacher; one with the same id is replaced. */
export const saveTeacher = (id: string, teacher: Omit<SavedTeacher, 'id'>): Promise<void> =>
  withDatabase(async (database) => {
    await database.put('teachers', { ...teacher, id });
  });

export const loadTeacher = (id: string): Promise<SavedTeacher | null> =>
  withDatabase(async (database) => (await database.get('teachers', id)) ?? null);

/** The kept teachers, the newest first. */
export const listTeachers = (): Promise<Pick<SavedTeacher, 'id' | 'name' | 'created' | 'shape'>[]> =>
  withDatabase(async (database) => {
    const teachers = await database.getAll('teachers');
    return teachers
      .map(({ id, name, created, shape }) => ({ id, name, created, shape }))
      .sort((a, b) => b.created - a.created);
  });
