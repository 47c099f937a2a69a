/**
 * Results of runs as the papers' tables have them: rows are the arms of recipes, columns tasks, then the mean and what is kept of the
 * teacher. A recipe is an experiment without its task and its seed.
 */
import { canonical } from '../config/canonical';
import type { Experiment, Stage, TextSource } from '../config/experiment';
import { stagesOf } from '../config/stages';
import { bundledTaskIds, bundledTasks, isTask, type Metric } from '../config/tasks';
import { type Mean, meanOf } from '../statistics/mean';
import type { TaskResult } from '../storage/taskResults';

export type { TaskResult };
export type TaskSource = Extract<TextSource, { kind: 'task' | 'rows' }>;

export interface Column {
  key: string;
  task: TaskSource;
  metric: Metric;
}

export interface Row {
  /** The arm's id; null: the teacher. */
  arm: string | null;
  parameters: number;
  /** By column, over seeds; a task that was not run has none. */
  cells: Record<string, Mean>;
  /** Over `shared` columns, then over the seeds that have them all. */
  mean: Mean;
  /** That as a share of the teacher's on the same tasks and seeds, in per cent; null where there is none to compare with. */
  kept: number | null;
}

/** The arms of one recipe. */
export interface Group {
  key: string;
  /** Of its newest result. */
  experiment: Experiment;
  moved: boolean;
  rows: Row[];
  results: TaskResult[];
}

export interface TaskTable {
  columns: Column[];
  /** Keys of the tasks that every row has: means are over these alone. */
  shared: string[];
  /** Tuned on tasks, one for each way of tuning; `arm` is null. */
  teachers: { key: string; experiment: Experiment; row: Row }[];
  groups: Group[];
}

export const taskOf = (experiment: Experiment): TaskSource => {
  const { text } = stagesOf(experiment).at(-1)!;
  if (!isTask(text)) throw new RangeError('It does not end on a task');
  return text;
};

export const seedOf = (experiment: Experiment): number => stagesOf(experiment).at(-1)!.training.seed;

export const columnKey = (task: TaskSource) => `${task.kind} ${task.id}`;

/** What any recipe is like where nothing is said of its task and its seed. */
const neutral: TaskSource = { kind: 'task', id: bundledTaskIds[0] };

/** The experiment on another task, under another seed: of every stage that has a task, and of every stage. */
export function asCell(experiment: Experiment, task: TaskSource, seed: number): Experiment {
  const changed = <T extends Stage>(stage: T): T => ({
    ...stage,
    text: isTask(stage.text) ? task : stage.text,
    training: { ...stage.training, seed },
  });
  return { ...changed(experiment), ...(experiment.later && { later: experiment.later.map(changed) }) };
}

/** Equal for experiments that differ in task and seed alone. */
export const recipeKey = (experiment: Experiment): string => canonical(asCell(experiment, neutral, 0));

/** Equal where a teacher is tuned alike, whatever the task and the seed; null where none is tuned. */
function teacherKey(experiment: Experiment): string | null {
  const { tuning, training } = stagesOf(experiment).at(-1)!;
  if (!tuning) return null;
  const { steps: _steps, learningRate: _rate, evaluateEvery: _every, seed: _seed, ...rest } = training;
  return canonical([experiment.teacher, tuning, rest]);
}

/** Values by column and seed. */
type Values = Map<string, Map<number, number>>;

function valuesOf(results: readonly TaskResult[], pick: (result: TaskResult) => number | undefined): Values {
  const values: Values = new Map();
  for (const result of results) {
    const value = pick(result);
    if (value === undefined) continue;
    const column = columnKey(taskOf(result.experiment));
    const bySeed = values.get(column) ?? new Map<number, number>();
    values.set(column, bySeed);
    // The newest comes first, and speaks.
    const seed = seedOf(result.experiment);
    if (!bySeed.has(seed)) bySeed.set(seed, value);
  }
  return values;
}

/** Means over the columns, by the seeds that have them all. */
function meansBySeed(values: Values, columns: readonly string[]): Map<number, number> {
  const [first, ...others] = columns.map((column) => values.get(column) ?? new Map<number, number>());
  const whole = [...(first?.keys() ?? [])].filter((seed) => others.every((other) => other.has(seed)));
  const sum = (seed: number) => [first, ...others].reduce((total, of) => total + of.get(seed)!, 0);
  return new Map(whole.map((seed) => [seed, sum(seed) / columns.length]));
}

interface Figures {
  arm: string | null;
  parameters: number;
  values: Values;
  /** Of the teacher that was tuned for it. */
  teacher: Values | null;
}

function rowOf({ arm, parameters, values, teacher }: Figures, shared: readonly string[]): Row {
  const means = meansBySeed(values, shared);
  const mean = meanOf([...means.values()]);
  const ofTeacher = teacher && meansBySeed(teacher, shared);
  const seeds = [...means.keys()];
  const reference =
    ofTeacher && seeds.every((seed) => ofTeacher.has(seed))
      ? meanOf(seeds.map((seed) => ofTeacher.get(seed)!)).mean
      : null;
  return {
    arm,
    parameters,
    cells: Object.fromEntries([...values].map(([column, bySeed]) => [column, meanOf([...bySeed.values()])])),
    mean,
    kept: mean.mean === null || reference === null || reference <= 0 ? null : (100 * mean.mean) / reference,
  };
}

/** @param results the newest first */
export function tableOf(results: readonly TaskResult[]): TaskTable {
  const byRecipe = grouped(results, ({ id, moved, experiment }) => (moved ? id : recipeKey(experiment)));
  const byTeacher = grouped(
    results.filter(({ teacher }) => teacher),
    ({ experiment }) => teacherKey(experiment),
  );
  const teachers = [...byTeacher].map(([key, own]) => ({
    key,
    experiment: own[0].experiment,
    figures: {
      arm: null,
      parameters: Math.max(...own.map(({ teacher }) => teacher!.parameters)),
      values: valuesOf(own, ({ teacher }) => teacher?.value),
      teacher: valuesOf(own, ({ teacher }) => teacher?.value),
    },
  }));
  const valuesOfTeacher = new Map(teachers.map(({ key, figures }) => [key, figures.values]));
  const groups = [...byRecipe].map(([key, own]) => {
    const [{ experiment, moved }] = own;
    const teacher = valuesOfTeacher.get(teacherKey(experiment) ?? '') ?? null;
    const figures = experiment.arms.flatMap(({ id: arm }): Figures[] => {
      const models = own.flatMap(({ arms }) => arms[arm] ?? []);
      if (models.length === 0) return [];
      // A classifier's grows with its classes.
      const parameters = Math.max(...models.map((model) => model.parameters));
      return [{ arm, parameters, values: valuesOf(own, ({ arms }) => arms[arm]?.value), teacher }];
    });
    return { key, experiment, moved, results: own, figures };
  });
  const all = [...teachers.map(({ figures }) => figures), ...groups.flatMap(({ figures }) => figures)];
  const columns = columnsOf(results);
  const shared = columns
    .map(({ key }) => key)
    .filter((key) => all.length > 0 && all.every(({ values }) => values.has(key)));
  return {
    columns,
    shared,
    teachers: teachers.map(({ figures, ...rest }) => ({ ...rest, row: rowOf(figures, shared) })),
    groups: groups
      .map(({ figures, ...rest }) => ({ ...rest, rows: figures.map((own) => rowOf(own, shared)) }))
      .sort((a, b) => firstOf(a.results) - firstOf(b.results)),
  };
}

/** When the first of them was kept: rows stay in their places while others come. */
const firstOf = (results: readonly TaskResult[]) => results.at(-1)?.savedAt ?? 0;

/** The bundled tasks, whether they were run or not, then own rows that were. */
function columnsOf(results: readonly TaskResult[]): Column[] {
  const columns = new Map(
    bundledTaskIds.map((id): [string, Column] => {
      const task: TaskSource = { kind: 'task', id };
      return [columnKey(task), { key: columnKey(task), task, metric: bundledTasks[id].metric }];
    }),
  );
  for (const { experiment, metric } of results) {
    const task = taskOf(experiment);
    const key = columnKey(task);
    if (!columns.has(key)) columns.set(key, { key, task, metric });
  }
  return [...columns.values()];
}

function grouped<T>(values: readonly T[], keyOf: (value: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return groups;
}

/** So many seeds are filled in, as the papers' tables have three to five. */
export const mostSeeds = 3;

/**
 * The first cell of these recipes without a figure, as an experiment: every recipe on every task under one seed, then under the
 * next. Null where all have figures of `mostSeeds` seeds.
 */
export function nextCell(
  recipes: readonly Experiment[],
  tasks: readonly TaskSource[],
  results: readonly TaskResult[],
): Experiment | null {
  const placeOf = (experiment: Experiment) =>
    JSON.stringify([recipeKey(experiment), columnKey(taskOf(experiment)), seedOf(experiment)]);
  const filled = new Set(results.filter(({ moved }) => !moved).map(({ experiment }) => placeOf(experiment)));
  for (let seed = 1; seed <= mostSeeds; seed++) {
    for (const recipe of recipes) {
      const cells = tasks.map((task) => asCell(recipe, task, seed));
      const empty = cells.find((cell) => !filled.has(placeOf(cell)));
      if (empty) return empty;
    }
  }
  return null;
}
