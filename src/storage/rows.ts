import { withDatabase } from './database';
import type { RowsCard } from './schema';
import { limits } from './timeLimit';

export type { RowsCard } from './schema';

/** A person's own rows: the file as it came in, and how it was read. */
export interface SavedRows extends Omit<RowsCard, 'bytes' | 'savedAt'> {
  bytes: ArrayBuffer;
}

/** Keeps rows; those with the same id are replaced. @throws ProblemError as `withDatabase` */
export const saveRows = ({ bytes, ...card }: SavedRows): Promise<void> =>
  withDatabase(async (database) => {
    const transaction = database.transaction(['rowsCards', 'rowsBytes'], 'readwrite');
    await Promise.all([
      transaction.objectStore('rowsCards').put({ ...card, bytes: bytes.byteLength, savedAt: Date.now() }),
      transaction.objectStore('rowsBytes').put(bytes, card.id),
      transaction.done,
    ]);
  }, limits.weights);

/**
 * Null where there are none, or nothing of them can be used. Whoever reads them sees whether the id fits.
 * @throws ProblemError as `withDatabase`
 */
export const loadRows = (id: string): Promise<SavedRows | null> =>
  withDatabase(async (database) => {
    const [card, bytes] = await Promise.all([database.get('rowsCards', id), database.get('rowsBytes', id)]);
    if (!card || !(bytes instanceof ArrayBuffer)) return null;
    const { name, labels, rows, reading } = card;
    return { id, name: String(name), labels, rows, reading, bytes };
  }, limits.weights);

/** The kept rows, the newest first; the files themselves are not read. @throws ProblemError as `withDatabase` */
export const listRows = (): Promise<RowsCard[]> =>
  withDatabase(async (database) => {
    const cards = await database.getAll('rowsCards');
    return cards.sort((a, b) => b.savedAt - a.savedAt || a.name.localeCompare(b.name));
  });

/** @throws ProblemError as `withDatabase` */
export const deleteRows = (id: string): Promise<void> =>
  withDatabase(async (database) => {
    const transaction = database.transaction(['rowsCards', 'rowsBytes'], 'readwrite');
    await Promise.all([
      transaction.objectStore('rowsCards').delete(id),
      transaction.objectStore('rowsBytes').delete(id),
      transaction.done,
    ]);
  });
