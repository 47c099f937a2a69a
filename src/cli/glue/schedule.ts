/** Which job runs when, and what becomes of one that fails. */
import { type Job, needsOf } from './jobs';

export interface Failed {
  job: Job;
  /** In words, perhaps several lines. */
  message: string;
}

export interface Schedule {
  /** Jobs at a time. */
  processes: number;
  /** Does a job; rejects where it fails. */
  run: (job: Job) => Promise<void>;
  /** Words for a job that can't run since one that it needs has failed. */
  unmet: (job: Job) => string;
}

/**
 * Runs the jobs in their order, each when those it needs are done. One that fails holds up none but those that need it.
 * @param jobs that are to be done; what they need and is not among them is there already
 * @returns those that failed, in the order of the jobs
 */
export async function runJobs(jobs: readonly Job[], { processes, run, unmet }: Schedule): Promise<Failed[]> {
  const left = new Map(jobs.map((job) => [job.key, job]));
  const failed = new Map<string, Failed>();
  const running = new Map<string, Promise<void>>();

  const take = (): Job | undefined => {
    for (const job of left.values()) {
      const needs = needsOf(job);
      if (needs.some((key) => failed.has(key))) {
        left.delete(job.key);
        failed.set(job.key, { job, message: unmet(job) });
      } else if (!needs.some((key) => left.has(key) || running.has(key))) return job;
    }
    return undefined;
  };

  const begin = (job: Job) => {
    left.delete(job.key);
    const ended = run(job)
      .catch((error) => {
        failed.set(job.key, { job, message: error instanceof Error ? error.message : String(error) });
      })
      .finally(() => running.delete(job.key));
    running.set(job.key, ended);
  };

  while (left.size > 0 || running.size > 0) {
    const job = running.size < processes ? take() : undefined;
    if (job) begin(job);
    else if (running.size > 0) await Promise.race(running.values());
  }
  return jobs.flatMap(({ key }) => failed.get(key) ?? []);
}
