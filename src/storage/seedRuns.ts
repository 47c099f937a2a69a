/**
 * Runs of experiments over seeds: those that are to come, and what those that are done came to. Nothing that is read is
 * believed before it has passed the schema; what fails there is left out.
 */
import type { IDBPObjectStore } from 'idb';
import { bounds } from '../config/bounds';
import type { Experiment } from '../config/experiment';
import { problemValues } from '../config/problems';
import { stepsOf } from '../config/stages';
import { metrics } from '../config/tasks';
import { upgrade, written } from '../config/upgrade';
import { z } from '../config/zod';
import { withDatabase } from './database';
import type { StillroomDatabase } from './schema';

/** So many runs are kept that are done; the oldest gives way. */
export const mostSeedRuns = 300;

/** Samples of every stage and its end, some way above what a page keeps. */
const mostPoints = 1000;
/** Temperatures that students are looked at. */
const mostLadder = 16;

const share = z.number().min(0).max(1);
const natural = z.number().int().min(0);

const figuresSchema = z.strictObject({
  /** Cross-entropy, nats. */
  loss: z.number().min(0),
  /** Share of the masked words, or of a task's rows, that is right. */
  accuracy: share,
  /** Share where the first guess is the teacher's; null without a teacher. */
  agreement: share.nullable(),
  /** KL(teacher ‖ student) at T = 1, nats; null without a teacher. */
  klToTeacher: z.number().nullable(),
  /** By the task's metric, -1 to 1, where that is another figure than accuracy. */
  value: z.number().min(-1).max(1).optional(),
});

const pointSchema = z.strictObject({
  /** Updates done, of all stages. */
  step: natural,
  /** Counted from 0; absent: the first. */
  stage: natural.max(bounds.stages.max - 1).optional(),
  extent: z.enum(['sample', 'full']),
  /** Masked words, or rows. */
  words: natural,
  /** By arm id. */
  arms: z.record(z.string(), figuresSchema),
});

const seedRunSchema = z.strictObject({
  /** Runs of equal experiments under one seed have the same. */
  id: z.string().max(200_000),
  /** Under this seed in every stage. */
  experiment: z.unknown(),
  state: z.enum(['waiting', 'done', 'failed']),
  /** Null: it was the run on a page. */
  askedFor: z.enum(['seeds', 'sweep']).nullable(),
  /** T at which the students are compared with the teacher at the end; empty: at none. */
  ladder: z.array(z.number().min(0.01).max(100)).max(mostLadder),
  points: z.array(pointSchema).max(mostPoints),
  /** KL(teacher ‖ student) in nats where both are softened at each T of the ladder, by arm id; null where that was not measured. */
  seen: z.record(z.string(), z.array(z.number()).max(mostLadder)).nullable(),
  /** What the last stage is measured by. */
  metric: z.enum(metrics),
  /** Tells its teachers and words from others of the same names; empty before it is done. */
  fingerprint: z.string().max(4000),
  backend: z.enum(['webgpu', 'wasm', 'cpu']).nullable(),
  /** Why it failed. */
  problem: z
    .strictObject({
      code: z.enum(Object.keys(problemValues) as (keyof typeof problemValues)[]),
      values: z.record(z.string(), z.string().max(1000).or(z.number())).optional(),
    })
    .nullable(),
  /** Milliseconds since 1970. Jobs are done in the order in which they were asked for. */
  askedAt: z.number().min(0),
  savedAt: z.number().min(0),
});

export type SeedFigures = z.infer<typeof figuresSchema>;
export type SeedPoint = z.infer<typeof pointSchema>;
export interface SeedRun extends Omit<z.infer<typeof seedRunSchema>, 'experiment'> {
  experiment: Experiment;
}

/** What was found as a run; null where it is none. */
export function parseSeedRun(found: unknown): SeedRun | null {
  const { success, data } = seedRunSchema.safeParse(found);
  if (!success) return null;
  try {
    const experiment = upgrade(data.experiment);
    const ids = new Set(experiment.arms.map(({ id }) => id));
    const ofArms = (record: object) =>
      Object.keys(record).length === ids.size && Object.keys(record).every((id) => ids.has(id));
    const { state, points, seen, ladder } = data;
    const steps = stepsOf(experiment);
    const isWhole =
      points.every(({ arms, step }) => ofArms(arms) && step <= steps) &&
      points.every(({ step }, i) => i === 0 || step >= points[i - 1].step) &&
      (state !== 'done' || points.at(-1)?.step === steps) &&
      (seen === null ||
        (ofArms(seen) && Object.values(seen).every(({ length }) => length === ladder.length)));
    return isWhole ? { ...data, experiment } : null;
  } catch {
    return null;
  }
}

/** As it is written down. */
export const writtenSeedRun = ({ experiment, ...run }: SeedRun) => ({
  ...run,
  experiment: written(experiment),
});

/**
 * Keeps runs, all of them or none; those of the same id are replaced. Of runs that are done the oldest give way.
 * @throws ProblemError as `withDatabase`
 */
export const saveSeedRuns = (runs: readonly SeedRun[]): Promise<void> =>
  withDatabase(async (database) => {
    const transaction = database.transaction('seedRuns', 'readwrite');
    try {
      await putRuns(transaction.store, runs);
      await transaction.done;
    } catch (error) {
      transaction.done.catch(() => {});
      try {
        transaction.abort();
      } catch {
        // The browser has done so.
      }
      throw error;
    }
  });

type Store = IDBPObjectStore<StillroomDatabase, ['seedRuns'], 'seedRuns', 'readwrite'>;

async function putRuns(store: Store, runs: readonly SeedRun[]) {
  for (const run of runs) await store.put(writtenSeedRun(run), run.id);
  const own = new Set(runs.map(({ id }) => id));
  const others: [key: string, savedAt: number][] = [];
  for (let cursor = await store.openCursor(); cursor; cursor = await cursor.continue()) {
    const { savedAt, state } = (cursor.value ?? {}) as { savedAt?: unknown; state?: unknown };
    // What waits is none that is done; what bears no date is the oldest.
    if (!own.has(cursor.key) && state !== 'waiting') others.push([cursor.key, Number(savedAt) || 0]);
  }
  others.sort(([, a], [, b]) => b - a);
  const done = runs.filter(({ state }) => state !== 'waiting').length;
  for (const [key] of others.slice(Math.max(0, mostSeedRuns - done))) await store.delete(key);
}

/** All runs, in the order in which they were asked for. @throws ProblemError as `withDatabase` */
export const listSeedRuns = (): Promise<SeedRun[]> =>
  withDatabase(async (database) => {
    const found = await database.getAll('seedRuns');
    return found.flatMap((value) => parseSeedRun(value) ?? []).sort((a, b) => a.askedAt - b.askedAt);
  });

/** Deletes these; what is not there is no error. @throws ProblemError as `withDatabase` */
export const deleteSeedRuns = (ids: readonly string[]): Promise<void> =>
  withDatabase(async (database) => {
    const transaction = database.transaction('seedRuns', 'readwrite');
    for (const id of ids) await transaction.store.delete(id);
    await transaction.done;
  });

/** Deletes all of them, those that can't be read too. @throws ProblemError as `withDatabase` */
export const clearSeedRuns = (): Promise<void> =>
  withDatabase(async (database) => {
    await database.clear('seedRuns');
  });
