/**
 * What the browser keeps, in one IndexedDB that page and worker share: texts, rows, vectors, teachers, runs and results. `runs.ts`,
 * `texts.ts` and the others of this folder are its only readers.
 */
import { deleteDB, openDB } from 'idb';
import { ProblemError } from '../config/problems';
import { moveOld } from './oldStores';
import type { Database, StillroomDatabase } from './schema';
import { inTime, limits } from './timeLimit';

const databaseName = 'stillroom';
const version = 5;

let opening: Promise<Database> | null = null;
/** While an older database is brought up to date, which takes as long as it takes. */
let upgrading = false;
/** True once everything was erased: nothing is kept from then on, until the page is loaded again. */
let erased = false;

function openDatabase(): Promise<Database> {
  if (opening) return opening;
  const forget = () => {
    if (opening === mine) opening = null;
  };
  const mine = openDB<StillroomDatabase>(databaseName, version, {
    upgrade(database, before) {
      if (before < 1) {
        database.createObjectStore('texts', { keyPath: 'id' });
        database.createObjectStore('teachers', { keyPath: 'id' });
        database.createObjectStore('runs');
      }
      if (before < 2) database.createObjectStore('tunings');
      if (before < 3) {
        database.createObjectStore('textCards', { keyPath: 'id' });
        database.createObjectStore('textBytes');
        database.createObjectStore('teacherCards', { keyPath: 'id' });
        database.createObjectStore('teacherFiles');
        database.createObjectStore('records').createIndex('savedAt', 'savedAt');
        database.createObjectStore('states');
        database.createObjectStore('reached');
        database.createObjectStore('setAside', { keyPath: 'id' });
        database.createObjectStore('recordsAside');
      }
      if (before < 4) {
        database.createObjectStore('rowsCards', { keyPath: 'id' });
        database.createObjectStore('rowsBytes');
        database.createObjectStore('vectorsCards', { keyPath: 'id' });
        database.createObjectStore('vectorsFiles');
        database.createObjectStore('taskTeachers');
        database.createObjectStore('taskResults');
      }
      database.createObjectStore('seedRuns');
      database.createObjectStore('recordings');
    },
    blocking(_current, wanted, event) {
      // Another tab wants a newer version, or to delete everything: let it.
      if (wanted === null) erased = true;
      (event.target as IDBDatabase).close();
      forget();
    },
    terminated: forget,
  }).then(async (database) => {
    upgrading = true;
    try {
      await moveOld(database);
    } finally {
      upgrading = false;
    }
    // Whoever waited for it may have given up long ago.
    if (opening !== mine) database.close();
    return database;
  });
  opening = mine;
  // What fails once may work the next time.
  mine.catch(forget);
  return mine;
}

/**
 * Runs `work` on the database, which opens within the usual limit.
 * @param limit for `work`, in milliseconds
 * @throws ProblemError storageSilent where the browser doesn't answer in time; storageNewer where a later version of the
 * page has kept something; storageErased once everything was erased; storageFull, whatever else the browser's reason
 */
export async function withDatabase<T>(
  work: (database: Database) => Promise<T>,
  limit = limits.usual,
): Promise<T> {
  if (erased) throw new ProblemError('storageErased');
  let used: Promise<Database> | null = null;
  try {
    used = openDatabase();
    const database = await inTime(used, limits.usual, () => upgrading);
    return await inTime(work(database), limit);
  } catch (cause) {
    if (cause instanceof ProblemError) {
      if (cause.problem.code === 'storageSilent') giveUp(used);
      throw cause;
    }
    if (cause instanceof Error && cause.name === 'VersionError') {
      throw new ProblemError('storageNewer', undefined, { cause });
    }
    throw new ProblemError(erased ? 'storageErased' : 'storageFull', undefined, { cause });
  }
}

/** Leaves a connection that doesn't answer, so that the next call makes another. */
function giveUp(silent: Promise<Database> | null) {
  if (opening === silent) opening = null;
  silent?.then(
    (database) => database.close(),
    () => {},
  );
}

/**
 * Deletes the database. From then on nothing is kept by any page or worker that has it open, this one included, until
 * it is loaded again: what someone erased does not come back by itself.
 * @throws ProblemError storageSilent where the browser doesn't delete it in time
 */
export async function eraseDatabase(): Promise<void> {
  erased = true;
  const open = opening;
  opening = null;
  void open?.then(
    (database) => database.close(),
    () => {},
  );
  await inTime(deleteDB(databaseName), limits.weights);
}

/** For tests: as after loading the page again. */
export function forgetErasure() {
  erased = false;
}
