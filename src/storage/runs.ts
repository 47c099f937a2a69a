import { experimentSchema } from '../config/experiment';
import { type SavedRun, withDatabase } from './database';

/** There is one run at a time. */
const current = 'current';

/** Replaces the kept run. In one transaction: a tab that closes halfway leaves the old one. */
export const saveRun = (run: SavedRun): Promise<void> =>
  withDatabase(async (database) => {
    await database.put('runs', run, current);
  });

/** The kept run; null where there is none, or an older version of the page wrote it. */
export const loadRun = (): Promise<SavedRun | null> =>
  withDatabase(async (database) => {
    const run = await database.get('runs', current);
    return run && experimentSchema.safeParse(run.experiment).success ? run : null;
  });

export const clearRun = (): Promise<void> => withDatabase((database) => database.delete('runs', current));
