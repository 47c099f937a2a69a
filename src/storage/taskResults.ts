/**
 * What runs on tasks came to, for the table of tasks: held-out figures with the experiment that gave them. Nothing that is read is
 * believed before it has passed the schema; what fails there is left out.
 */
import { bounds } from '../config/bounds';
import type { Experiment } from '../config/experiment';
import { stagesOf } from '../config/stages';
import { isTask, metrics } from '../config/tasks';
import { upgrade, written } from '../config/upgrade';
import { z } from '../config/zod';
import { withDatabase } from './database';

/** So many results are kept; the oldest gives way. */
export const mostTaskResults = 300;

const modelSchema = z.strictObject({
  /** By the task's metric: -1 to 1 of Matthews' correlation, else 0 to 1. */
  value: z.number().min(-1).max(1),
  parameters: z.number().int().min(1),
});

const resultSchema = z.strictObject({
  /** Results of equal experiments have the same. */
  id: z.string().max(200_000),
  /** As it ended; it ends on a task. */
  experiment: z.unknown(),
  /** True where numbers of a stage were changed after its first update. */
  moved: z.boolean(),
  metric: z.enum(metrics),
  /** Held-out rows. */
  rows: z.number().int().min(1),
  /** Null where no teacher was tuned on the task. */
  teacher: modelSchema.nullable(),
  /** By arm id. */
  arms: z.record(z.string(), modelSchema).refine((arms) => {
    const count = Object.keys(arms).length;
    return count > 0 && count <= bounds.arms.max;
  }),
  /** Milliseconds since 1970. */
  savedAt: z.number().int().min(0),
});

export type ModelResult = z.infer<typeof modelSchema>;
export interface TaskResult extends Omit<z.infer<typeof resultSchema>, 'experiment'> {
  experiment: Experiment;
}

/** What was found as a result; null where it is none. */
export function parseTaskResult(found: unknown): TaskResult | null {
  const { success, data } = resultSchema.safeParse(found);
  if (!success) return null;
  try {
    const experiment = upgrade(data.experiment);
    const ids = new Set(experiment.arms.map(({ id }) => id));
    const fits = Object.keys(data.arms).every((id) => ids.has(id));
    return fits && isTask(stagesOf(experiment).at(-1)!.text) ? { ...data, experiment } : null;
  } catch {
    return null;
  }
}

/** As it is written down. */
export const writtenTaskResult = ({ experiment, ...result }: TaskResult) => ({
  ...result,
  experiment: written(experiment),
});

/** Keeps a result; one of an equal experiment is replaced. @throws ProblemError as `withDatabase` */
export const saveTaskResult = (result: TaskResult): Promise<void> =>
  withDatabase(async (database) => {
    const transaction = database.transaction('taskResults', 'readwrite');
    const { store } = transaction;
    await store.put(writtenTaskResult(result), result.id);
    const ages: [key: string, savedAt: number][] = [];
    for (let cursor = await store.openCursor(); cursor; cursor = await cursor.continue()) {
      const { savedAt } = (cursor.value ?? {}) as { savedAt?: unknown };
      // What bears no date is the oldest.
      ages.push([cursor.key, Number(savedAt) || 0]);
    }
    const others = ages.filter(([key]) => key !== result.id).sort(([, a], [, b]) => b - a);
    for (const [key] of others.slice(mostTaskResults - 1)) await store.delete(key);
    await transaction.done;
  });

/** The results, the newest first. @throws ProblemError as `withDatabase` */
export const listTaskResults = (): Promise<TaskResult[]> =>
  withDatabase(async (database) => {
    const found = await database.getAll('taskResults');
    return found.flatMap((value) => parseTaskResult(value) ?? []).sort((a, b) => b.savedAt - a.savedAt);
  });

/** Deletes an arm's figures from these results; a result without arms goes. @throws ProblemError as `withDatabase` */
export const deleteTaskResults = (ids: readonly string[], arm: string): Promise<void> =>
  withDatabase(async (database) => {
    const transaction = database.transaction('taskResults', 'readwrite');
    const { store } = transaction;
    for (const id of ids) {
      const result = parseTaskResult(await store.get(id));
      const { [arm]: _, ...arms } = result?.arms ?? {};
      if (result && Object.keys(arms).length > 0) await store.put(writtenTaskResult({ ...result, arms }), id);
      else await store.delete(id);
    }
    await transaction.done;
  });

/** Deletes all of them, those that can't be read too. @throws ProblemError as `withDatabase` */
export const clearTaskResults = (): Promise<void> =>
  withDatabase(async (database) => {
    await database.clear('taskResults');
  });
