import { withDatabase } from './database';
import type { VectorsCard, VectorsFile } from './schema';
import { limits } from './timeLimit';

export type { VectorsCard, VectorsFile } from './schema';

/** A person's own word vectors: those of the words that were needed when their file was read. */
export interface SavedVectors extends VectorsFile {
  id: string;
  name: string;
  dimension: number;
}

/** Keeps vectors in place of those before: there is one set at most. @throws ProblemError as `withDatabase` */
export const saveVectors = ({ words, vectors, ...card }: SavedVectors): Promise<void> =>
  withDatabase(async (database) => {
    const transaction = database.transaction(['vectorsCards', 'vectorsFiles'], 'readwrite');
    const cards = transaction.objectStore('vectorsCards');
    const files = transaction.objectStore('vectorsFiles');
    const { byteLength } = vectors;
    await Promise.all([
      cards.clear(),
      files.clear(),
      cards.put({
        ...card,
        words: byteLength / card.dimension,
        bytes: words.length + byteLength,
        savedAt: Date.now(),
      }),
      files.put({ words, vectors }, card.id),
      transaction.done,
    ]);
  }, limits.weights);

/** Null where there are none, or nothing of them can be used. @throws ProblemError as `withDatabase` */
export const loadVectors = (id: string): Promise<SavedVectors | null> =>
  withDatabase(async (database) => {
    const [card, file] = await Promise.all([
      database.get('vectorsCards', id),
      database.get('vectorsFiles', id),
    ]);
    if (!card || typeof file?.words !== 'string' || !(file.vectors instanceof ArrayBuffer)) return null;
    return { id, name: String(card.name), dimension: card.dimension, ...file };
  }, limits.weights);

/** The kept vectors, none or one; the vectors themselves are not read. @throws ProblemError as `withDatabase` */
export const listVectors = (): Promise<VectorsCard[]> =>
  withDatabase((database) => database.getAll('vectorsCards'));

/** @throws ProblemError as `withDatabase` */
export const deleteVectors = (id: string): Promise<void> =>
  withDatabase(async (database) => {
    const transaction = database.transaction(['vectorsCards', 'vectorsFiles'], 'readwrite');
    await Promise.all([
      transaction.objectStore('vectorsCards').delete(id),
      transaction.objectStore('vectorsFiles').delete(id),
      transaction.done,
    ]);
  });
