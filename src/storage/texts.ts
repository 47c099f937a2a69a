import { type SavedText, withDatabase } from './database';

/** Keeps a text; one with the same id is replaced. */
export const saveText = (text: SavedText): Promise<void> =>
  withDatabase(async (database) => {
    await database.put('texts', text);
  });

export const loadText = (id: string): Promise<SavedText | null> =>
  withDatabase(async (database) => (await database.get('texts', id)) ?? null);

/** The kept texts by name, with their length in bytes. */
export const listTexts = (): Promise<{ id: string; name: string; bytes: number }[]> =>
  withDatabase(async (database) => {
    const texts = await database.getAll('texts');
    return texts
      .map(({ id, name, bytes }) => ({ id, name, bytes: bytes.byteLength }))
      .sort((a, b) => a.name.localeCompare(b.name));
  });
