/** Runs in a real database, as the tests in a browser handle them. */
import { openDB } from 'idb';
import { lockOf } from '../../src/storage/openTabs';
import { type KeptRun, keepRun, loadNewestRun, loadRun } from '../../src/storage/runs';
import { sampleRun } from './sampleRun';

/** The sample under another name, saved at another time. */
export function runOf(id: string, savedAt = 1_700_000_000_000): KeptRun {
  const { record, ...rest } = sampleRun();
  return { ...rest, record: { ...record, id, savedAt } };
}
export const keep = ({ record, arms }: KeptRun) => keepRun(record, arms);

/** Connections are closed at once: one that stays open keeps the database from being deleted. */
export async function countStates(): Promise<number> {
  const database = await openDB('stillroom');
  const count = await database.count('states');
  database.close();
  return count;
}

/** The run of a tab; null where there is none. */
export async function loaded(id: string): Promise<KeptRun | null> {
  const found = await loadRun(id);
  if (found.kind === 'setAside') throw new Error(`set aside: ${JSON.stringify(found.problem)}`);
  return found.kind === 'run' ? found.run : null;
}
export async function newest(): Promise<string | null> {
  const found = await loadNewestRun();
  return found.kind === 'run' ? found.run.record.id : null;
}

/** Holds the locks of tabs until the test is over. */
export function openTab(name: string) {
  return new Promise<() => void>((opened) => {
    void navigator.locks.request(lockOf(name), () => new Promise<void>((close) => opened(close)));
  });
}
