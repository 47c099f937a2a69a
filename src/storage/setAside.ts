/** Runs that can't be opened: never deleted without a word, listed, and written down for a report. */
import type { Problem } from '../config/problems';
import type { StoredState } from './armState';
import { withDatabase } from './database';
import { recordingOf } from './recordings';
import { type Database, mostSetAside, type SetAside } from './schema';

export type { SetAside } from './schema';

/** The keys of all states of a run. */
export const statesOf = (run: string) => IDBKeyRange.bound([run], [run, []]);

/** What of a run is still kept when it is set aside: the less can be read or has room, the less. */
const portions = ['states', 'record', 'nothing'] as const;

/** Takes a run out of those that are opened. @returns the id under which it is listed */
export async function moveAside(database: Database, run: string, problem: Problem): Promise<string> {
  const at = Date.now();
  const id = `${at.toString(36).padStart(9, '0')} ${run}`;
  const entry = { id, run, at, problem };
  const [all, record, nothing] = portions;
  await move(database, entry, all)
    .catch(() => move(database, entry, record))
    .catch(() => move(database, entry, nothing));
  return id;
}

async function move(database: Database, entry: Omit<SetAside, 'bytes'>, portion: (typeof portions)[number]) {
  const { id, run } = entry;
  const transaction = database.transaction(
    ['records', 'states', 'reached', 'recordings', 'setAside', 'recordsAside'],
    'readwrite',
  );
  transaction.done.catch(() => {});
  const records = transaction.objectStore('records');
  const states = transaction.objectStore('states');
  const list = transaction.objectStore('setAside');
  const aside = transaction.objectStore('recordsAside');
  let bytes = 0;
  if (portion !== 'nothing') await aside.put(await records.get(run), id);
  if (portion === 'states') {
    for (const [, step, arm] of await states.getAllKeys(statesOf(run))) {
      const state = await states.get([run, step, arm]);
      bytes += Object.values(tensorsOf(state)).reduce((sum, length) => sum + length * 4, 0);
      await states.put(state!, [id, step, arm]);
    }
  }
  await records.delete(run);
  await states.delete(statesOf(run));
  await transaction.objectStore('reached').delete(run);
  // The past of a run that can't be read is shown by nobody.
  await transaction.objectStore('recordings').delete(recordingOf(run));
  await list.put({ ...entry, bytes });
  for (const old of (await list.getAllKeys()).slice(0, -mostSetAside)) {
    await Promise.all([list.delete(old), aside.delete(old), states.delete(statesOf(old))]);
  }
  await transaction.done;
}

/** The runs that were set aside, the newest first. @throws ProblemError as `withDatabase` */
export const listSetAside = (): Promise<SetAside[]> =>
  withDatabase(async (database) => (await database.getAll('setAside')).reverse());

/** @throws ProblemError as `withDatabase` */
export const deleteSetAside = (id: string): Promise<void> =>
  withDatabase(async (database) => {
    const transaction = database.transaction(['setAside', 'recordsAside', 'states'], 'readwrite');
    await Promise.all([
      transaction.objectStore('setAside').delete(id),
      transaction.objectStore('recordsAside').delete(id),
      transaction.objectStore('states').delete(statesOf(id)),
      transaction.done,
    ]);
  });

/**
 * Everything about a run that was set aside but its weights, of which the names and lengths are told, as JSON.
 * @throws ProblemError as `withDatabase`
 */
export const reportOf = (id: string): Promise<string> =>
  withDatabase(async (database) => {
    const states = [];
    for (const key of await database.getAllKeys('states', statesOf(id))) {
      const state = await database.get('states', key);
      const { step, checksum } = (state ?? {}) as Partial<StoredState>;
      states.push({ arm: key[2], atStep: key[1], step, checksum, lengths: tensorsOf(state) });
    }
    const entry = await database.get('setAside', id);
    const record = await database.get('recordsAside', id);
    return JSON.stringify({ ...entry, record, states }, withoutNumbers, 1);
  });

/** The lengths of all arrays of numbers in a state, by their paths, whatever else it is. */
function tensorsOf(state: unknown): Record<string, number> {
  const { parameters, moments } = (state ?? {}) as Partial<StoredState>;
  const kinds = { parameters, first: moments?.first, second: moments?.second };
  return Object.fromEntries(
    Object.entries(kinds).flatMap(([kind, tensors]) =>
      Object.entries(tensors ?? {}).flatMap(([name, values]) =>
        ArrayBuffer.isView(values) ? [[`${kind} ${name}`, values.byteLength / 4]] : [],
      ),
    ),
  );
}

/** Arrays of bits as what they are, numbers that JSON lacks as words. */
function withoutNumbers(_key: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return `${value.constructor.name}, ${value.byteLength} bytes`;
  if (value instanceof ArrayBuffer) return `ArrayBuffer, ${value.byteLength} bytes`;
  if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value)))
    return String(value);
  return value;
}
