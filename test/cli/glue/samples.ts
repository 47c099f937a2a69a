/** Made-up results of jobs. */
import { type Asked, type Cell, type ModelName, needsOf, type planFor } from '../../../src/cli/glue/jobs';
import type { JobResult } from '../../../src/cli/glue/results';
import type { BundledTaskId } from '../../../src/config/tasks';
import { bundledTaskIds } from '../../../src/config/tasks';

export const asked = (changes: Partial<Asked> = {}): Asked => ({
  teacher: 'stories-4x32',
  models: ['teacher', 'scratch', 'tinybert'],
  tasks: ['feelings', 'topics'],
  seeds: [1, 2],
  share: 1,
  tuning: null,
  validate: false,
  files: {
    shared: 'shared',
    tasks: Object.fromEntries(bundledTaskIds.map((id) => [id, id])) as Record<BundledTaskId, string>,
  },
  ...changes,
});

/** So many of 100 rows of two labels right, the wrong ones half and half. */
export const confusion = (right: number): number[][] => [
  [right / 2, 50 - right / 2],
  [50 - right / 2, right / 2],
];

/** A result for every job of a plan, by what a model is to get right of 100 rows. */
export function resultsOf(
  plan: ReturnType<typeof planFor>,
  right: (cell: Cell) => number,
): Map<string, JobResult> {
  const results = new Map<string, JobResult>();
  for (const job of plan.jobs) {
    const { key, kind, model, task, seed } = job;
    const cell = plan.cells.find((cell) => cell.key === key);
    const share = cell ? right(cell) : 10;
    results.set(key, {
      ...{ key, kind, model, task, seed, teacher: 'stories-4x32', commit: 'abc1234' },
      heldOut: {
        loss: 1,
        accuracy: share / 100,
        agreement: null,
        klToTeacher: null,
        confusion: confusion(share),
      },
      parameters: kind === 'teacher' ? 1000 : 100,
      seconds: kind === 'general' ? 40 : 5,
      needs: needsOf(job),
    });
  }
  return results;
}

/** A table of one task with these figures of a model, by seed. */
export const rowsOf = (values: Partial<Record<ModelName, number[]>>) => ({
  tasks: ['feelings' as const],
  rows: Object.entries(values).flatMap(([model, bySeed]) =>
    bySeed.map((value, i) => ({
      model: model as ModelName,
      task: 'feelings' as const,
      seed: i + 1,
      metric: 'accuracy' as const,
      value,
      kept: null,
    })),
  ),
});
