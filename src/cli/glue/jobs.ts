/**
 * What a table is made of, as jobs: a general student for each seed, a teacher for each task and seed, and the students that
 * begin as the one and learn from the other. A job's key is a hash of all that it computes from, so that what was computed
 * once is known again, whatever it was computed for.
 */
import type { Experiment } from '../../config/experiment';
import { type GlueRecipe, glueExperiment, type Tuning } from '../../config/glue';
import { stageAt, stageCount } from '../../config/stages';
import type { BundledTaskId } from '../../config/tasks';
import type { BundledTeacherId } from '../../config/teacherIds';
import type { FileHashes } from './files';
import { hashOf } from './hash';

export type ModelName = 'teacher' | GlueRecipe;

export interface Job {
  key: string;
  /** `general`: the first stage of students that begin on text. `teacher`: tuned on a task. `student`: all that is left. */
  kind: 'general' | 'teacher' | 'student';
  /** That it is first asked for. */
  model: ModelName;
  /** Absent of a general student. */
  task?: BundledTaskId;
  seed: number;
  /** One arm. Of a general student its first stage; of a teacher the stage that asks for it. */
  experiment: Experiment;
  /** Key of the job whose student it goes on with. */
  general?: string;
  /** Key of the job whose teacher it learns from. */
  teacher?: string;
  /** True where its figures are of a fifth of the training rows, on which settings are chosen. */
  validates?: true;
}

export interface Asked {
  teacher: BundledTeacherId;
  models: readonly ModelName[];
  tasks: readonly BundledTaskId[];
  seeds: readonly number[];
  /** Share of every stage's steps that is done, 0 to 1. */
  share: number;
  /** How teachers are tuned, in place of each task's own way; null for that. */
  tuning: Tuning | null;
  /** Holds a fifth of the training rows out, in place of the held-out ones. */
  validate: boolean;
  files: FileHashes;
}

/** A figure of the table, and the job that gives it. */
export interface Cell {
  model: ModelName;
  task: BundledTaskId;
  seed: number;
  key: string;
}

export interface Plan {
  /** Every job once, those that others need before them; seed by seed, so that a table that is not finished has whole rows. */
  jobs: Job[];
  /** Recipes that come to the same experiment have one job. */
  cells: Cell[];
}

/** The keys of the jobs that come before one. */
export const needsOf = ({ general, teacher }: Pick<Job, 'general' | 'teacher'>): string[] =>
  [general, teacher].filter((key) => key !== undefined);

/** Each task has its teacher, asked for or not: what students keep is measured by it. */
export function planFor(asked: Asked): Plan {
  const jobs = new Map<string, Job>();
  const cells: Cell[] = [];
  const add = (job: Job) => {
    if (!jobs.has(job.key)) jobs.set(job.key, job);
    return job.key;
  };
  const students = asked.models.flatMap((model) => (model === 'teacher' ? [] : [model]));
  for (const seed of asked.seeds) {
    for (const task of asked.tasks) {
      const run = { ...asked, task, seed };
      const { shared } = asked.files;
      const files = [shared, asked.files.tasks[task], ...(asked.validate ? ['validation'] : [])];
      const side = asked.validate && { validates: true as const };
      const teacher = add({ ...teacherJob(glueExperiment('tinybert', run), task, seed, files), ...side });
      cells.push({ model: 'teacher', task, seed, key: teacher });
      for (const model of students) {
        const experiment = glueExperiment(model, run);
        const general = beginsOnText(experiment)
          ? add(generalJob(experiment, model, seed, shared))
          : undefined;
        const key = add({
          ...studentJob({ model, task, seed, experiment, general, teacher }, files),
          ...side,
        });
        cells.push({ model, task, seed, key });
      }
    }
  }
  return { jobs: [...jobs.values()], cells };
}

const beginsOnText = (experiment: Experiment) =>
  experiment.text.kind !== 'task' && stageCount(experiment) > 1;

/** Students whose recipes begin alike are one general student, whatever they are called. */
function generalJob(whole: Experiment, model: GlueRecipe, seed: number, files: unknown): Job {
  const experiment = stageAt(whole, 0);
  return { key: hashOf({ kind: 'general', experiment, files }), kind: 'general', model, seed, experiment };
}

/** Of a task's stages the last one, since all of them tune the teacher alike. */
function teacherJob(whole: Experiment, task: BundledTaskId, seed: number, files: unknown): Job {
  const experiment = stageAt(whole, stageCount(whole) - 1);
  const { text, teacher, training, tuning } = experiment;
  const { steps: _steps, learningRate: _rate, evaluateEvery: _every, ...rest } = training;
  const key = hashOf({ kind: 'teacher', text, teacher, tuning, rest, files });
  return { key, kind: 'teacher', model: 'teacher', task, seed, experiment };
}

function studentJob(job: Omit<Job, 'key' | 'kind'>, files: unknown): Job {
  const { experiment } = job;
  const isTaught = Array.from({ length: stageCount(experiment) }, (_, i) => stageAt(experiment, i)).some(
    ({ tuning }) => tuning,
  );
  const key = hashOf({ kind: 'student', experiment, files });
  const { teacher: _teacher, ...alone } = job;
  return { key, kind: 'student', ...(isTaught ? job : alone) };
}
