import { withDatabase } from './database';
import type { TextCard } from './schema';
import { limits } from './timeLimit';

export type { TextCard } from './schema';

/** A person's own text. */
export interface SavedText {
  /** Made from the content, as in the experiment's `text.id`. */
  id: string;
  name: string;
  /** As it came in. */
  bytes: ArrayBuffer;
}

/** Keeps a text; one with the same id is replaced. @throws ProblemError as `withDatabase` */
export const saveText = ({ id, name, bytes }: SavedText): Promise<void> =>
  withDatabase(async (database) => {
    const transaction = database.transaction(['textCards', 'textBytes'], 'readwrite');
    await Promise.all([
      transaction.objectStore('textCards').put({ id, name, bytes: bytes.byteLength, savedAt: Date.now() }),
      transaction.objectStore('textBytes').put(bytes, id),
      transaction.done,
    ]);
  }, limits.weights);

/** Null where there is none, or nothing of it can be used. @throws ProblemError as `withDatabase` */
export const loadText = (id: string): Promise<SavedText | null> =>
  withDatabase(async (database) => {
    const [card, bytes] = await Promise.all([database.get('textCards', id), database.get('textBytes', id)]);
    return card && bytes instanceof ArrayBuffer ? { id, name: String(card.name), bytes } : null;
  }, limits.weights);

/** The kept texts, the newest first; the texts themselves are not read. @throws ProblemError as `withDatabase` */
export const listTexts = (): Promise<TextCard[]> =>
  withDatabase(async (database) => {
    const cards = await database.getAll('textCards');
    return cards.sort((a, b) => b.savedAt - a.savedAt || a.name.localeCompare(b.name));
  });

/** @throws ProblemError as `withDatabase` */
export const deleteText = (id: string): Promise<void> =>
  withDatabase(async (database) => {
    const transaction = database.transaction(['textCards', 'textBytes'], 'readwrite');
    await Promise.all([
      transaction.objectStore('textCards').delete(id),
      transaction.objectStore('textBytes').delete(id),
      transaction.done,
    ]);
  });
