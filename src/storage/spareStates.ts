/** States on the way of a run, which only save time: they give way to what can't be had again. */
import type { RunRecord } from './keptSchema';
import type { Database } from './schema';
import { statesOf } from './setAside';

/** Deletes the states of a run that its record doesn't stand on. @returns the record without them */
export async function withoutSpare(
  database: Database,
  { checkpoints = [], ...record }: RunRecord,
): Promise<RunRecord> {
  const before = (await database.get('records', record.id)) as { step?: unknown } | undefined;
  const spare = checkpoints.filter((step) => step !== before?.step && !record.borders?.includes(step));
  const transaction = database.transaction('states', 'readwrite');
  for (const key of await transaction.store.getAllKeys(statesOf(record.id))) {
    if (spare.includes(key[1])) await transaction.store.delete(key);
  }
  await transaction.done;
  return record;
}
