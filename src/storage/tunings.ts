import { withDatabase } from './database';

/** What was measured about the GPU of this description; null where nothing was. */
export const loadTuning = (gpu: string): Promise<unknown> =>
  withDatabase(async (database) => (await database.get('tunings', gpu)) ?? null);

export const saveTuning = (gpu: string, tuning: unknown): Promise<void> =>
  withDatabase(async (database) => {
    await database.put('tunings', tuning, gpu);
  });
