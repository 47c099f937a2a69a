/** `npm run glue`: the papers' tables on a small GLUE of our own. */
import { spawnSync } from 'node:child_process';
import type { TFunction } from 'i18next';
import { stepsOf } from '../../config/stages';
import { inProcesses } from '../processes';
import { ProgressBar } from '../progressBar';
import { english, refusalWords } from '../words';
import { fileHashes } from './files';
import { type Job, needsOf, type Plan, planFor } from './jobs';
import { type Options, parseGlueOptions, usage } from './options';
import { orderingsOf } from './orderings';
import { printTable } from './printTable';
import { addResult, type JobResult, readOutcome, readResults } from './results';
import { type Failed, runJobs } from './schedule';
import { tableOf } from './table';
import { hasWeights, weightFolder } from './weightFiles';
import { writeResults } from './writeResults';

const args = process.argv.slice(2);

async function readOptions(): Promise<Options> {
  try {
    const options = parseGlueOptions(args);
    if (options !== 'help') return options;
    console.log(usage);
    process.exit(0);
  } catch (error) {
    console.error(`${await refusalWords(error)}\n\n${usage}`);
    process.exit(2);
  }
}

/** Jobs without a result, and those whose weights such a job needs and that are gone. */
function pendingOf({ jobs }: Plan, known: ReadonlyMap<string, JobResult>, folder: string): Job[] {
  const pending = new Set(jobs.filter(({ key }) => !known.has(key)));
  const needed = new Set([...pending].flatMap(needsOf));
  return jobs.filter((job) => pending.has(job) || (needed.has(job.key) && !hasWeights(folder, job.key)));
}

const nameOf = ({ model, task, seed }: Job, t: TFunction): string =>
  task ? t('glue.ofTask', { model, task, seed }) : t('glue.general', { model, seed });

/** Updates that are left for a job. */
const stepsToDo = ({ kind, experiment, general }: Job) => {
  if (kind === 'teacher') return experiment.tuning!.steps;
  return stepsOf(experiment) - (general === undefined ? 0 : experiment.training.steps);
};

/** Does the jobs that are pending; each result is kept as soon as it is there. */
function compute(
  pending: readonly Job[],
  results: Map<string, JobResult>,
  { out, processes, teacher }: Options,
  t: TFunction,
): Promise<Failed[]> {
  const commit = commitOf();
  const bar = new ProgressBar(pending.reduce((sum, job) => sum + stepsToDo(job), 0));
  const reached = new Map<string, number>();
  let done = 0;
  const command = new URL('job.ts', import.meta.url);
  const inProcess = inProcesses(command, (reason) => t('glue.endedBy', { reason }));

  const run = async (job: Job) => {
    const name = nameOf(job, t);
    const begun = performance.now();
    const first = stepsOf(job.experiment) - stepsToDo(job);
    const printed = await inProcess([JSON.stringify(job), weightFolder(out)], (step) => {
      reached.set(job.key, job.kind === 'teacher' ? step : step - first);
      const all = [...reached.values()].reduce((sum, steps) => sum + steps, 0);
      bar.show(all, name);
    });
    const outcome = readOutcome(printed);
    if (!outcome) throw new Error(t('glue.notAResult'));
    const seconds = Math.round(performance.now() - begun) / 1000;
    const { key, kind, model, task, seed } = job;
    const needs = needsOf(job);
    const result = { key, kind, model, task, seed, teacher, ...outcome, seconds, commit, needs };
    addResult(out, result);
    results.set(key, result);
    done += 1;
    bar.clear();
    const right = (100 * outcome.heldOut.accuracy).toFixed(1);
    const figures = { name, right, seconds: seconds.toFixed(0), done, jobs: pending.length };
    console.error(t('glue.done', figures));
  };
  return runJobs(pending, { processes, run, unmet: () => t('glue.unmet') }).finally(() => bar.end());
}

async function main() {
  const options = await readOptions();
  const t = await english();
  const { out, json, processes } = options;
  const plan = planFor({ ...options, files: fileHashes(options.teacher) });
  const results = readResults(out);
  const pending = pendingOf(plan, results, weightFolder(out));
  const known = plan.jobs.length - pending.length;
  console.error(t('glue.begun', { jobs: plan.jobs.length, known, out, processes }));

  const failed = await compute(pending, results, options, t);
  for (const { job, message } of failed) console.error(t('glue.failed', { name: nameOf(job, t), message }));
  if (failed.length > 0) process.exitCode = 1;

  const table = tableOf(plan.cells, results, options.models);
  const orderings = orderingsOf(table);
  if (json) console.log(JSON.stringify({ rows: table.rows, mean: table.mean, orderings }));
  else printTable(table, orderings, t);
  if (!options.write) return;
  const commits = new Set(plan.jobs.flatMap(({ key }) => results.get(key)?.commit ?? []));
  const { teacher, seeds } = options;
  const command = ['npm run glue --', ...args].join(' ');
  const file = writeResults({ table, orderings, teacher, seeds, commits: [...commits], command }, t);
  console.error(t('glue.written', { file }));
}

function commitOf(): string {
  const git = (...parameters: string[]) =>
    spawnSync('git', parameters, { encoding: 'utf8' }).stdout?.trim() ?? '';
  const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
  return `${git('rev-parse', '--short', 'HEAD') || 'unknown'}${changed ? ' with changes' : ''}`;
}

await main();
