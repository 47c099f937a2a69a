/** `npm run glue`: the papers' tables on a small GLUE of our own. */
import { spawnSync } from 'node:child_process';
import { stepsOf } from '../../config/stages';
import { inProcesses } from '../processes';
import { ProgressBar } from '../progressBar';
import { refusalWords } from '../words';
import { fileHashes } from './files';
import { type Job, needsOf, type Plan, planFor } from './jobs';
import { type Options, parseGlueOptions, usage } from './options';
import { orderingsOf } from './orderings';
import { printTable } from './printTable';
import { addResult, type JobResult, readResults } from './results';
import { runJobs } from './schedule';
import { tableOf } from './table';
import { hasWeights, weightFolder } from './weightFiles';
import { writeResults } from './writeResults';

async function readOptions(): Promise<Options> {
  try {
    const options = parseGlueOptions(process.argv.slice(2));
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
  for (const job of jobs) {
    if (needed.has(job.key) && !hasWeights(folder, job.key)) pending.add(job);
  }
  return jobs.filter((job) => pending.has(job));
}

const nameOf = ({ kind, model, task, seed }: Job) =>
  `${kind === 'general' ? `general student (${model})` : model}${task ? `, ${task}` : ''}, seed ${seed}`;

async function main() {
  const options = await readOptions();
  const { out, json, processes } = options;
  const folder = weightFolder(out);
  const plan = planFor({ ...options, files: fileHashes(options.teacher) });
  const results = readResults(out);
  const pending = pendingOf(plan, results, folder);
  const commit = git('rev-parse', '--short', 'HEAD') || 'unknown';
  console.error(
    `${plan.jobs.length} jobs, ${plan.jobs.length - pending.length} of them known from ${out}; ${processes} at a time.`,
  );

  const steps = new Map(pending.map((job) => [job.key, stepsToDo(job)]));
  const bar = new ProgressBar([...steps.values()].reduce((sum, one) => sum + one, 0));
  const reached = new Map<string, number>();
  const inProcess = inProcesses(
    new URL('job.ts', import.meta.url),
    (reason) => `its process was ended (${reason})`,
  );
  const failed = await runJobs(pending, {
    processes,
    unmet: () => 'what it begins with, or its teacher, has failed',
    run: async (job) => {
      const begun = performance.now();
      const printed = await inProcess([JSON.stringify(job), folder], (step) => {
        reached.set(job.key, step);
        bar.show(
          [...reached.values()].reduce((sum, one) => sum + one, 0),
          nameOf(job),
        );
      });
      const seconds = Math.round(performance.now() - begun) / 1000;
      const { key, kind, model, task, seed } = job;
      const outcome: Pick<JobResult, 'heldOut' | 'parameters'> = JSON.parse(printed);
      const needs = needsOf(job);
      const result = {
        key,
        kind,
        model,
        task,
        seed,
        teacher: options.teacher,
        ...outcome,
        seconds,
        commit,
        needs,
      };
      addResult(out, result);
      results.set(key, result);
      bar.clear();
      const { accuracy } = outcome.heldOut;
      console.error(
        `${nameOf(job)}: ${accuracy.toFixed(3)} right, ${seconds.toFixed(0)} s (${results.size} results)`,
      );
    },
  });
  bar.end();

  for (const { job, message } of failed) console.error(`${nameOf(job)} failed: ${message}`);
  if (failed.length > 0) process.exitCode = 1;
  const table = tableOf(plan.cells, results, options.models);
  const orderings = orderingsOf(table);
  if (json) console.log(JSON.stringify({ rows: table.rows, mean: table.mean, orderings }));
  else printTable(table, orderings);
  if (options.write) writeResults({ table, orderings, options, results: [...results.values()] });
}

const stepsToDo = ({ experiment, kind, general }: Job) =>
  kind === 'teacher'
    ? experiment.tuning!.steps
    : stepsOf(experiment) - (general === undefined ? 0 : experiment.training.steps);

const git = (...parameters: string[]) =>
  spawnSync('git', parameters, { encoding: 'utf8' }).stdout?.trim() ?? '';

main().catch(async (error) => {
  console.error(error);
  process.exit(1);
});
