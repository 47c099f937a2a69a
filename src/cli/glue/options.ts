/** The options of `npm run glue`. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { glueAblations, glueModels, type Tuning } from '../../config/glue';
import { readSeedList } from '../../config/seedList';
import { bundledTaskIds } from '../../config/tasks';
import { type BundledTeacherId, bundledTeacherIds } from '../../config/teacherIds';
import type { Asked, ModelName } from './jobs';

/** The models of the table, those of the ablations after them. */
export const allModels: readonly ModelName[] = ['teacher', ...glueModels, ...glueAblations];
const tableModels: readonly ModelName[] = ['teacher', ...glueModels];

/** Of `--quick`: some ten minutes of one core, half of that of two. */
const quick = { tasks: bundledTaskIds, models: tableModels, seeds: [1], share: 0.5 } as const;

/** Whose sentences are everyday ones, as the tasks' are; the larger base teacher takes three times as long. */
const usualTeacher: BundledTeacherId = 'everyday-4x128';

export const usage = `Trains teachers and students of our small GLUE, and prints a table like the papers'.

  npm run glue -- [options]

  --quick          at most 10 minutes on two cores: one seed, ${100 * quick.share} % of the steps
  --tasks A,B      of ${bundledTaskIds.join(', ')} (all)
  --seeds 1,2,3    a run of everything for each (1,2,3)
  --models A,B     of ${tableModels.join(', ')} (these),
                   or of the ablations
  --ablations      the ablations of TinyBERT and of DistilBERT too
  --teacher ID     a bundled teacher: ${bundledTeacherIds.join(', ')}
                   (${usualTeacher})
  --share S        share of every stage's steps that is done, above 0 and up to 1 (1)
  --tuning N,R     teachers are tuned in N updates at learning rate R, not as each task has it
  --validate       for choosing settings: a fifth of the training rows takes the place of the held-out ones

  --out FILE       where results are kept, a line of JSON for each; what is there is not computed again, so that a run
                   that was broken off goes on (.cache/glue.jsonl)
  --processes N    at a time, each on one thread (the number of cores)
  --json           print {rows, mean, orderings} as JSON on standard output
  --write          put the tables into RESULTS.md
  --help           print this`;

export interface Options extends Omit<Asked, 'files'> {
  out: string;
  processes: number;
  json: boolean;
  write: boolean;
}

const optionTable = {
  quick: { type: 'boolean', default: false },
  tasks: { type: 'string' },
  seeds: { type: 'string' },
  models: { type: 'string' },
  ablations: { type: 'boolean', default: false },
  teacher: { type: 'string', default: usualTeacher },
  out: { type: 'string', default: '.cache/glue.jsonl' },
  processes: { type: 'string' },
  share: { type: 'string' },
  tuning: { type: 'string' },
  validate: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** @throws Error, or ProblemError of the seeds, that says what is wrong with them */
export function parseGlueOptions(args: string[]): Options | 'help' {
  const { values } = parseArgs({ args, options: optionTable });
  if (values.help) return 'help';
  const base = values.quick
    ? quick
    : { tasks: bundledTaskIds, models: tableModels, seeds: [1, 2, 3], share: 1 };
  const models = namesOf('models', values.models, allModels) ?? base.models;
  if (values.write && values.validate) {
    throw new Error('--write is for figures of held-out rows, which --validate leaves out.');
  }
  if (values.ablations && values.models !== undefined) {
    throw new Error('--models names all that is asked for: --ablations adds nothing beside it.');
  }
  const asked = values.ablations ? [...models, ...glueAblations] : models;
  return {
    tasks: namesOf('tasks', values.tasks, bundledTaskIds) ?? base.tasks,
    // In the order of the table, the teacher always with them.
    models: allModels.filter((model) => model === 'teacher' || asked.includes(model)),
    seeds: values.seeds === undefined ? base.seeds : readSeedList(values.seeds),
    share: values.share === undefined ? base.share : shareOf(values.share),
    tuning: values.tuning === undefined ? null : tuningOf(values.tuning),
    validate: values.validate,
    teacher: namesOf('teacher', values.teacher, bundledTeacherIds)![0],
    out: values.out,
    processes: values.processes === undefined ? availableParallelism() : processesOf(values.processes),
    json: values.json,
    write: values.write,
  };
}

/** @param text updates, a comma, a learning rate */
function tuningOf(text: string): Tuning {
  const [steps, learningRate] = text.split(',').map(Number);
  const isRight = /^[^,]+,[^,]+$/.test(text) && Number.isInteger(steps) && steps > 0 && learningRate > 0;
  if (isRight && Number.isFinite(learningRate)) return { steps, learningRate };
  throw new Error('--tuning takes a whole number of updates and a learning rate, as in 300,5e-4.');
}

function namesOf<T extends string>(
  option: string,
  text: string | undefined,
  known: readonly T[],
): T[] | null {
  if (text === undefined) return null;
  const names = text.split(',').map((name) => name.trim());
  const chosen = known.filter((name) => names.includes(name));
  const unknown = names.filter((name) => !known.some((one) => one === name));
  if (unknown.length === 0) return chosen;
  throw new Error(`--${option}: there is no “${unknown[0]}”; there are ${known.join(', ')}.`);
}

function processesOf(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new Error('--processes takes a whole number from 1 to 999.');
}

function shareOf(text: string): number {
  const share = Number(text);
  if (share > 0 && share <= 1) return share;
  throw new Error('--share takes a number above 0 and up to 1.');
}
