import { describe, expect, it } from 'vitest';
import { type Job, needsOf, planFor } from '../../../src/cli/glue/jobs';
import { runJobs } from '../../../src/cli/glue/schedule';
import { asked } from './samples';

const { jobs } = planFor(asked());
const unmet = () => 'unmet';

/** A run that notes what is under way and ends when it has its turn. */
function watched(fails: (job: Job) => boolean = () => false) {
  const done: string[] = [];
  let running = 0;
  let most = 0;
  const run = async (job: Job) => {
    for (const key of needsOf(job)) expect(done).toContain(key);
    running += 1;
    most = Math.max(most, running);
    // Later ones may end sooner.
    await new Promise((resolve) => setTimeout(resolve, job.key.charCodeAt(0) % 5));
    running -= 1;
    if (fails(job)) throw new Error(`no ${job.model}`);
    done.push(job.key);
  };
  return { run, done, most: () => most };
}

describe('runJobs', () => {
  it.each([1, 2, 5])(
    'does every job once, %i at a time at most, each after what it needs',
    async (processes) => {
      const { run, done, most } = watched();
      expect(await runJobs(jobs, { processes, run, unmet })).toEqual([]);
      expect([...done].sort()).toEqual(jobs.map(({ key }) => key).sort());
      expect(most()).toBe(processes);
    },
  );

  it('leaves out those that need one that failed, and does the others', async () => {
    const [failing] = jobs.filter(({ kind }) => kind === 'general');
    const { run, done } = watched(({ key }) => key === failing.key);
    const failed = await runJobs(jobs, { processes: 2, run, unmet });
    const dependent = jobs.filter(({ general }) => general === failing.key);
    expect(dependent.length).toBe(2);
    expect(failed.map(({ job, message }) => [job.key, message])).toEqual(
      jobs.flatMap((job) => {
        if (job.key === failing.key) return [[job.key, `no ${failing.model}`]];
        return dependent.includes(job) ? [[job.key, 'unmet']] : [];
      }),
    );
    expect(done).toHaveLength(jobs.length - failed.length);
  });

  it('waits for nothing that is not among the jobs', async () => {
    const students = jobs.filter(({ kind }) => kind === 'student');
    const begun: string[] = [];
    const run = async ({ key }: Job) => void begun.push(key);
    await runJobs(students, { processes: 3, run, unmet });
    expect(begun).toEqual(students.map(({ key }) => key));
  });
});
