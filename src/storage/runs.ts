/**
 * Runs, kept under the names of their tabs: a record with the curves, the arms' states at its step, and how far the run
 * has come since. What is read passes `keptSchema.ts`; what fails there is set aside.
 */
import type { IDBPIndex, IDBPObjectStore } from 'idb';
import type { Experiment } from '../config/experiment';
import type { Problem } from '../config/problems';
import type { Reached } from '../config/results';
import { upgrade } from '../config/upgrade';
import { type ArmState, bytesOf, type StoredState, sumState } from './armState';
import { withDatabase } from './database';
import {
  faultOf,
  type KeptRun,
  parseReached,
  parseRecord,
  parseStates,
  type RunRecord,
  writtenRecord,
} from './keptSchema';
import { mostClosed, openTabs } from './openTabs';
import { bytesRecorded, recordingOf } from './recordings';
import type { Database, StillroomDatabase } from './schema';
import { moveAside, statesOf } from './setAside';
import { withoutSpare } from './spareStates';
import { limits } from './timeLimit';

export type { ArmState } from './armState';
export type { KeptRun, RunRecord } from './keptSchema';

/** A tab that is being reloaded is closed for a moment: what was saved this lately stays, in milliseconds. */
const justSaved = 60_000;

export type Loaded =
  | { kind: 'none' }
  | { kind: 'run'; run: KeptRun }
  | { kind: 'setAside'; id: string; problem: Problem };

export interface Kept {
  /** Runs of closed tabs that had to give way. */
  gaveWay: number;
  /** False where only the record was to be kept and the states that it belongs to are gone: keep it with its arms. */
  kept: boolean;
  /** True where the states on the way had to go. */
  letGo: boolean;
}

/**
 * Keeps a run in one transaction, so that a tab that closes halfway leaves what was there before.
 * @param arms null: the states of this step are there already, and only the record has changed. At step 0 they may be
 * empty, since the seed gives them again
 * @param reached how far the run is by now, if it is further than the record
 * @throws ProblemError storageFull once nothing is left that may give way, and those of `withDatabase`
 */
export async function keepRun(
  record: RunRecord,
  arms: Record<string, ArmState> | null,
  reached: Reached | null = null,
): Promise<Kept> {
  const states = arms && Object.entries(arms);
  return withDatabase(async (database) => {
    let [present, gaveWay] = [record, 0];
    for (;;) {
      try {
        const kept = await write(database, present, states, reached);
        const dropped = kept ? await dropOldest(database, record.id) : 0;
        return { kept, gaveWay: gaveWay + dropped, letGo: present !== record };
      } catch (error) {
        if (!isQuota(error)) throw error;
        // What only saves time goes before anybody's run does.
        if (present.checkpoints) present = await withoutSpare(database, present);
        else if (await dropOne(database, record.id)) gaveWay++;
        else throw error;
      }
    }
  }, limits.weights);
}

const stored = ({ parameters, moments }: ArmState, step: number): StoredState => {
  const state = { parameters, moments: { first: moments.first, second: moments.second } };
  return { ...state, step, checksum: sumState(state, step).checksum };
};

type StoredRecord = ReturnType<typeof writtenRecord> & { bytes: number };

async function write(
  database: Database,
  record: RunRecord,
  states: [arm: string, ArmState][] | null,
  reached: Reached | null,
): Promise<boolean> {
  const { id, step, savedAt, borders = [], checkpoints = [] } = record;
  // Relaxed: a crash of the whole system may cost the last seconds, and doesn't tear what was there.
  const transaction = database.transaction(['records', 'states', 'reached'], 'readwrite', {
    durability: 'relaxed',
  });
  const [records, kept] = [transaction.objectStore('records'), transaction.objectStore('states')];
  try {
    const each = states?.reduce((sum, [, state]) => sum + bytesOf(state), 0);
    let bytes = each && each * (1 + checkpoints.length);
    if (states) {
      // One after the other: each is summed up and copied at once, and between them others have their turn.
      for (const [arm, state] of states) await kept.put(stored(state, step), [id, step, arm]);
      // Those before go last: should this end halfway, they are still there.
      for (const key of await kept.getAllKeys(statesOf(id))) {
        if (borders.includes(key[1]) || checkpoints.includes(key[1])) continue;
        if (key[1] !== step || !states.some(([arm]) => arm === key[2])) await kept.delete(key);
      }
      await transaction.objectStore('reached').delete(id);
    } else {
      const before = (await records.get(id)) as Partial<StoredRecord> | undefined;
      if (before?.step !== step || before.birth !== record.birth) return false;
      bytes = before.bytes;
    }
    await records.put({ ...writtenRecord(record), bytes }, id);
    if (reached) await transaction.objectStore('reached').put(reached, id);
    await stampDown(records.index('savedAt'), savedAt, id);
    await transaction.done;
    return true;
  } catch (error) {
    // What can't be written at all (functions, say) ends no transaction by itself.
    abort(transaction);
    const reason = await transaction.done.catch(() => transaction.error);
    throw isQuota(reason) ? reason : error;
  }
}

function abort(transaction: { abort: () => void }) {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}

const isQuota = (error: unknown) => error instanceof Error && error.name === 'QuotaExceededError';

type StampIndex = IDBPIndex<
  StillroomDatabase,
  ('records' | 'states' | 'reached')[],
  'records',
  'savedAt',
  'readwrite'
>;

/** What lies there already was saved before: a stamp of the future, of a clock that jumped, gives way. */
async function stampDown(stamps: StampIndex, savedAt: number, except: string) {
  const later = IDBKeyRange.bound(savedAt, Number.POSITIVE_INFINITY, true);
  for (let cursor = await stamps.openCursor(later); cursor; cursor = await cursor.continue()) {
    if (cursor.primaryKey !== except) await cursor.update({ ...cursor.value, savedAt: savedAt - 1 });
  }
}

/** Keeps how far a run has come since its record, and whether it plays. Tiny. @throws ProblemError as `withDatabase` */
export const keepReached = (id: string, reached: Reached): Promise<void> =>
  withDatabase(async (database) => {
    const transaction = database.transaction('reached', 'readwrite', { durability: 'relaxed' });
    await Promise.all([transaction.store.put(reached, id), transaction.done]);
  });

/** @throws ProblemError as `withDatabase` */
export const loadRun = (id: string): Promise<Loaded> =>
  withDatabase((database) => read(database, id), limits.weights);

/** The arms' states at the end of a stage, or on the way, in the record of a run that went on since. */
export interface KeptBorder {
  record: RunRecord;
  step: number;
  arms: Record<string, ArmState>;
}

/**
 * A run as it was at the end of a stage, or on the way; null where that is not kept.
 * @param choose the step, among the record's `borders` and `checkpoints` or its own, whose states are wanted; null: none
 * @throws ProblemError as `withDatabase`, and keptBroken
 */
export const loadBorder = (
  id: string,
  choose: (record: RunRecord) => number | null,
): Promise<KeptBorder | null> =>
  withDatabase(async (database) => {
    const found = await database.get('records', id);
    const record = found && parseRecord(id, found);
    const step = record ? choose(record) : null;
    if (!record || step === null) return null;
    const states = database.transaction('states').objectStore('states');
    const arms = parseStates({ ...record, step }, await statesAt(states, id, step));
    return { record, step, arms };
  }, limits.weights);

/** The run that any tab kept last. Where it was set aside, the next call finds the one before. */
export const loadNewestRun = (): Promise<Loaded> =>
  withDatabase(async (database) => {
    const ids = await database.getAllKeysFromIndex('records', 'savedAt');
    for (const id of ids.reverse()) {
      const loaded = await read(database, id);
      if (loaded.kind !== 'none') return loaded;
    }
    return { kind: 'none' };
  }, limits.weights);

async function read(database: Database, id: string): Promise<Loaded> {
  try {
    const transaction = database.transaction(['records', 'states', 'reached']);
    // What fails is heard of from the read that failed.
    transaction.done.catch(() => {});
    const states = transaction.objectStore('states');
    const [found, reached] = await Promise.all([
      transaction.objectStore('records').get(id),
      transaction.objectStore('reached').get(id),
    ]);
    if (found === undefined) return { kind: 'none' };
    const record = parseRecord(id, found);
    // Those at ends of stages are read when a run goes back there.
    const arms = parseStates(record, await statesAt(states, id, record.step));
    record.savedAt = Math.min(record.savedAt, Date.now());
    return { kind: 'run', run: { record, arms, reached: parseReached(record, reached) } };
  } catch (error) {
    const problem: Problem = isLost(error)
      ? { code: 'keptBroken', values: { part: 'file' } }
      : faultOf(error);
    return { kind: 'setAside', id: await moveAside(database, id, problem), problem };
  }
}

/** What is kept of the arms at one step, by arm. */
async function statesAt(
  states: Pick<IDBPObjectStore<StillroomDatabase, ['states'], 'states'>, 'getAll' | 'getAllKeys'>,
  id: string,
  step: number,
): Promise<Map<string, unknown>> {
  const at = IDBKeyRange.bound([id, step], [id, step, []]);
  const [keys, values] = await Promise.all([states.getAllKeys(at), states.getAll(at)]);
  return new Map(keys.map(([, , arm], i) => [arm, values[i]]));
}

/** True where a browser has lost the file behind a large value. */
const isLost = (error: unknown) =>
  error instanceof Error && ['DataError', 'NotReadableError'].includes(error.name);

/** A run as lists show it. */
export interface RunCard {
  id: string;
  /** Null where the record can't be read. */
  run: { experiment: Experiment; step: number } | null;
  savedAt: number;
  /** Length of its states, and of what was recorded of it. */
  bytes: number;
  /** True while its tab is open. */
  open: boolean;
}

/** An experiment that was kept; null where it can't be read. */
function readable(experiment: unknown): Experiment | null {
  try {
    return upgrade(experiment);
  } catch {
    return null;
  }
}

/** The kept runs, the newest first; their weights are not read. @throws ProblemError as `withDatabase` */
export const listRuns = (): Promise<RunCard[]> =>
  withDatabase(async (database) => {
    const open = await openTabs();
    const cards: RunCard[] = [];
    for (const id of await database.getAllKeys('records')) {
      const { savedAt, bytes, ...record } = (await database.get('records', id)) as Partial<StoredRecord>;
      const experiment = readable(record.experiment);
      const run = experiment && { experiment, step: Number(record.step) };
      const all = (bytes ?? 0) + (await bytesRecorded(database, id));
      cards.push({ id, run, savedAt: Number(savedAt), bytes: all, open: open.has(id) });
    }
    return cards.sort((a, b) => b.savedAt - a.savedAt);
  });

/** Deletes a run and all that belongs to it. @throws ProblemError as `withDatabase` */
export const clearRun = (id: string): Promise<void> => withDatabase((database) => remove(database, id));

async function remove(database: Database, id: string) {
  const transaction = database.transaction(['records', 'states', 'reached', 'recordings'], 'readwrite');
  await Promise.all([
    transaction.objectStore('recordings').delete(recordingOf(id)),
    transaction.objectStore('records').delete(id),
    transaction.objectStore('states').delete(statesOf(id)),
    transaction.objectStore('reached').delete(id),
    transaction.done,
  ]);
}

/** Runs of tabs that are not open, the oldest first; those whose stamp is none at all come before. */
async function closedRuns(database: Database, own: string): Promise<string[]> {
  const [all, byAge, open] = await Promise.all([
    database.getAllKeys('records'),
    database.getAllKeysFromIndex('records', 'savedAt'),
    openTabs(),
  ]);
  const unstamped = all.filter((id) => !byAge.includes(id));
  return [...unstamped, ...byAge].filter((id) => id !== own && !open.has(id));
}

/** Drops the oldest runs of closed tabs beyond those that are kept. @returns how many */
async function dropOldest(database: Database, own: string): Promise<number> {
  try {
    if ((await database.count('records')) <= mostClosed) return 0;
    const closed = await closedRuns(database, own);
    const now = Date.now();
    const lately = IDBKeyRange.bound(now - justSaved, now);
    const recent = await database.getAllKeysFromIndex('records', 'savedAt', lately);
    const dropped = closed
      .slice(0, Math.max(0, closed.length - mostClosed))
      .filter((id) => !recent.includes(id));
    for (const id of dropped) await remove(database, id);
    return dropped.length;
  } catch {
    // The run itself is kept; what is too much goes another time.
    return 0;
  }
}

/** Makes room: the oldest run of a closed tab gives way. @returns false where there is none */
async function dropOne(database: Database, own: string): Promise<boolean> {
  const [oldest] = await closedRuns(database, own);
  if (oldest === undefined) return false;
  await remove(database, oldest);
  return true;
}
