/** Results of jobs as lines of a file, so that a run that was broken off goes on. One process writes. */
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { HeldOut } from '../../config/results';
import type { Job } from './jobs';

/** What a job comes to. */
export interface Outcome {
  /** On all of the task's held-out rows; of a general student on a sample of held-out text. */
  heldOut: HeldOut;
  parameters: number;
}

export interface JobResult extends Outcome, Pick<Job, 'key' | 'kind' | 'model' | 'task' | 'seed'> {
  /** Folder name of the teacher of words. */
  teacher: string;
  /** That the job took; of a student without what its general student and its teacher took. */
  seconds: number;
  /** Short hash of the commit that computed it. */
  commit: string;
  /** Keys of the jobs that came before. */
  needs: string[];
}

/** All results of a file by their keys, the last of each. A line that was cut off when its process ended is no result. */
export function readResults(file: string): Map<string, JobResult> {
  const results = new Map<string, JobResult>();
  for (const line of linesOf(file)) {
    const result = parsed(line);
    if (isResult(result)) results.set(result.key, result);
  }
  return results;
}

/** Adds a line. After one that was cut off it begins anew. */
export function addResult(file: string, result: JobResult) {
  mkdirSync(dirname(file), { recursive: true });
  const written = contentOf(file);
  const cutOff = written !== '' && !written.endsWith('\n');
  appendFileSync(file, `${cutOff ? '\n' : ''}${JSON.stringify(result)}\n`);
}

const linesOf = (file: string) => contentOf(file).split('\n');

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** What a job's process has printed; null where that is something else. */
export function readOutcome(printed: string): Outcome | null {
  const found = parsed(printed);
  return isOutcome(found) ? found : null;
}

const isOutcome = (found: unknown): found is Outcome => {
  const { heldOut, parameters } = (found ?? {}) as Partial<Outcome>;
  return typeof heldOut?.accuracy === 'number' && typeof parameters === 'number';
};

const isResult = (found: unknown): found is JobResult =>
  isOutcome(found) && typeof (found as Partial<JobResult>).key === 'string';

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
