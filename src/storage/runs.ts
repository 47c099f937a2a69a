import { experimentSchema } from '../config/experiment';
import { type SavedRun, withDatabase } from './database';

/** Runs kept at most, one for each of the tabs used last. */
const mostRuns = 4;

/** Keeps the run of a tab. In one transaction: a tab that closes halfway leaves the old one. */
export const saveRun = (tab: string, run: SavedRun): Promise<void> =>
  withDatabase(async (database) => {
    const transaction = database.transaction('runs', 'readwrite');
    const { store } = transaction;
    await store.put(run, tab);
    const others = (await store.getAllKeys()).filter((key) => key !== tab);
    if (others.length >= mostRuns) {
      const ages = await Promise.all(
        others.map(async (key) => ({ key, at: (await store.get(key))?.savedAt ?? 0 })),
      );
      ages.sort((a, b) => b.at - a.at);
      for (const { key } of ages.slice(mostRuns - 1)) await store.delete(key);
    }
    await transaction.done;
  });

/** The run of a tab; null where there is none, or an older version of the page wrote it. */
export const loadRun = (tab: string): Promise<SavedRun | null> =>
  withDatabase(async (database) => readable(await database.get('runs', tab)));

/** The run that any tab kept last; null as above. */
export const loadNewestRun = (): Promise<SavedRun | null> =>
  withDatabase(async (database) => {
    const runs = await database.getAll('runs');
    return readable(runs.sort((a, b) => b.savedAt - a.savedAt)[0]);
  });

export const clearRun = (tab: string): Promise<void> =>
  withDatabase((database) => database.delete('runs', tab));

/** With the schema's defaults for what an older experiment lacks. */
function readable(run: SavedRun | undefined): SavedRun | null {
  const parsed = experimentSchema.safeParse(run?.experiment);
  if (!run || !parsed.success) return null;
  return { ...run, experiment: parsed.data, history: { ...run.history, changes: run.history.changes ?? [] } };
}
