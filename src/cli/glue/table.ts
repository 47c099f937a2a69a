/** Results of jobs as the papers' tables have them: for each model its figure on every task, the mean, and what is kept. */
import type { BundledTaskId, Metric } from '../../config/tasks';
import { type Mean, meanOf } from '../../statistics/mean';
import { figureOf, metricOf } from './figure';
import type { Cell, ModelName } from './jobs';
import type { JobResult } from './results';

export interface Row {
  model: ModelName;
  task: BundledTaskId;
  seed: number;
  metric: Metric;
  /** -1 to 1 of Matthews' correlation, else 0 to 1. */
  value: number;
  /** Of the task's teacher of that seed, in per cent; null where that one's figure is not above 0. */
  kept: number | null;
}

export interface MeanRow extends Mean {
  model: ModelName;
  /** The mean over tasks as a share of the teacher's, in per cent. */
  kept: number | null;
  parameters: number;
  /** Seconds of training for a task, that of the general student with it: the mean over tasks and seeds. */
  seconds: number;
  /** By task, over seeds. */
  tasks: Partial<Record<BundledTaskId, Mean>>;
}

export interface Table {
  tasks: readonly BundledTaskId[];
  rows: Row[];
  /** Over the tasks, then over the seeds that have them all. */
  mean: MeanRow[];
}

/**
 * @param cells that are asked for; those without a result are left out
 * @param models in the order in which they are shown
 */
export function tableOf(
  cells: readonly Cell[],
  results: ReadonlyMap<string, JobResult>,
  models: readonly ModelName[],
): Table {
  const tasks = [...new Set(cells.map(({ task }) => task))];
  const found = cells.flatMap((cell) => {
    const result = results.get(cell.key);
    return result ? [{ ...cell, result, value: figureOf(cell.task, result.heldOut) }] : [];
  });
  const teachers = new Map(
    found.filter(({ model }) => model === 'teacher').map((cell) => [placeOf(cell), cell.value]),
  );
  const rows = models.flatMap((asked) =>
    found
      .filter(({ model }) => model === asked)
      .map(({ model, task, seed, value }): Row => {
        const kept = share(value, teachers.get(placeOf({ task, seed })));
        return { model, task, seed, metric: metricOf(task), value, kept };
      }),
  );
  const mean = models.flatMap((model): MeanRow[] => {
    const own = found.filter((cell) => cell.model === model).map(({ result }) => result);
    if (own.length === 0) return [];
    const values = meanBySeed({ rows, tasks }, model);
    const seeds = new Set(values.keys());
    const ofTeacher = [...meanBySeed({ rows, tasks }, 'teacher')].filter(([seed]) => seeds.has(seed));
    const all = meanOf([...values.values()]);
    const reference = meanOf(ofTeacher.map(([, value]) => value)).mean;
    return [
      {
        model,
        ...all,
        kept: all.mean === null || reference === null ? null : share(all.mean, reference),
        parameters: Math.max(...own.map(({ parameters }) => parameters)),
        seconds: own.reduce((sum, result) => sum + secondsOf(result, results), 0) / own.length,
        tasks: Object.fromEntries(tasks.flatMap((task) => overSeeds(rows, model, task))),
      },
    ];
  });
  return { tasks, rows, mean };
}

/** A model's mean over all tasks, by seed; seeds that lack a task are left out. */
export function meanBySeed({ rows, tasks }: Pick<Table, 'rows' | 'tasks'>, model: ModelName) {
  const bySeed = new Map<number, number[]>();
  for (const row of rows) {
    if (row.model === model) bySeed.set(row.seed, [...(bySeed.get(row.seed) ?? []), row.value]);
  }
  const whole = [...bySeed].filter(([, values]) => values.length === tasks.length);
  return new Map(
    whole.map(([seed, values]) => [seed, values.reduce((sum, value) => sum + value, 0) / values.length]),
  );
}

function overSeeds(rows: readonly Row[], model: ModelName, task: BundledTaskId): [BundledTaskId, Mean][] {
  const values = rows.filter((row) => row.model === model && row.task === task).map(({ value }) => value);
  return values.length > 0 ? [[task, meanOf(values)]] : [];
}

const placeOf = ({ task, seed }: Pick<Cell, 'task' | 'seed'>) => `${task} ${seed}`;

const share = (value: number, ofTeacher = 0) => (ofTeacher > 0 ? (100 * value) / ofTeacher : null);

/** With those of the general student; the teacher, which is there for all, is not counted. */
const secondsOf = ({ seconds, needs }: JobResult, results: ReadonlyMap<string, JobResult>) =>
  needs.reduce((sum, key) => {
    const before = results.get(key);
    return before?.kind === 'general' ? sum + before.seconds : sum;
  }, seconds);
