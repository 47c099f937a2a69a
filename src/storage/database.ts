/**
 * What the browser keeps: texts, teachers and the current run, in one IndexedDB that page and worker share.
 * Everything rejects with the problem `storageFull` where nothing can be kept; callers go on without.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Experiment } from '../config/experiment';
import { ProblemError } from '../config/problems';
import type { RunHistory } from '../config/results';
import type { TeacherShape } from '../config/teachers';

/** A person's own text. */
export interface SavedText {
  /** Made from the content, as in the experiment's `text.id`. */
  id: string;
  name: string;
  /** As it came in. */
  bytes: ArrayBuffer;
}

/** A model that was trained here, in Hugging Face's files. */
export interface SavedTeacher {
  id: string;
  name: string;
  /** For choosing students that fit, without reading the files. */
  shape: TeacherShape;
  /** config.json, parsed. */
  config: unknown;
  /** tokenizer.json, parsed. */
  tokenizer: unknown;
  /** model.safetensors. */
  weights: ArrayBuffer;
  /** Milliseconds since 1970. */
  created: number;
}

/** A run at one step, from which it goes on exactly: weights, the optimiser's moments, and what was drawn so far. */
export interface SavedRun {
  experiment: Experiment;
  /** Milliseconds since 1970. */
  savedAt: number;
  /** Updates done. */
  step: number;
  history: RunHistory;
  /** By arm id; tensors flat, by name. */
  arms: Record<
    string,
    {
      parameters: Record<string, Float32Array>;
      /** Of AdamW. */
      moments: { first: Record<string, Float32Array>; second: Record<string, Float32Array> };
    }
  >;
  /** The probed sentence. */
  sentence: string;
  /** Of the teacher and tokenizer that it was trained under; another one's run can't go on. */
  fingerprint: string;
  /** The forms of matrix products that it was trained with, so that it goes on with the same rounding; null: the usual. */
  tuning?: unknown;
}

interface StillroomDatabase extends DBSchema {
  texts: { key: string; value: SavedText };
  teachers: { key: string; value: SavedTeacher };
  runs: { key: string; value: SavedRun };
  /** What was measured once about a GPU, by its description. */
  tunings: { key: string; value: unknown };
}

let opening: Promise<IDBPDatabase<StillroomDatabase>> | null = null;

const forget = () => {
  opening = null;
};

function openDatabase(): Promise<IDBPDatabase<StillroomDatabase>> {
  if (opening) return opening;
  opening = openDB<StillroomDatabase>('stillroom', 2, {
    upgrade(database, before) {
      if (before < 1) {
        database.createObjectStore('texts', { keyPath: 'id' });
        database.createObjectStore('teachers', { keyPath: 'id' });
        database.createObjectStore('runs');
      }
      if (before < 2) database.createObjectStore('tunings');
    },
    blocking(_current, _blocked, event) {
      // Another tab wants a newer version, or to delete everything: let it.
      (event.target as IDBDatabase).close();
      forget();
    },
    terminated: forget,
  });
  // What fails once may work the next time.
  opening.catch(forget);
  return opening;
}

/** Runs `work` on the database. @throws ProblemError storageFull, whatever the browser's reason */
export async function withDatabase<T>(
  work: (database: IDBPDatabase<StillroomDatabase>) => Promise<T>,
): Promise<T> {
  try {
    return await work(await openDatabase());
  } catch (cause) {
    throw new ProblemError('storageFull', undefined, { cause });
  }
}
