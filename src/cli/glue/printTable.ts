/** The table and the orderings, for a terminal. */
import type { Mean } from '../../statistics/mean';
import type { Ordering } from './orderings';
import type { Table } from './table';

/** In per cent, one decimal. */
export const percent = (value: number | null) => (value === null ? '' : (100 * value).toFixed(1));

/** A mean in per cent, with half the width of its 95 % interval where there is one. */
export function withMargin({ mean, high }: Pick<Mean, 'mean' | 'high'>): string {
  if (mean === null || high === null) return percent(mean);
  return `${percent(mean)} ± ${percent(high - mean)}`;
}

export function printTable({ tasks, mean }: Table, orderings: readonly Ordering[]) {
  console.table(
    Object.fromEntries(
      mean.map((row) => [
        row.model,
        {
          ...Object.fromEntries(
            tasks.map((task) => [task, row.tasks[task] ? withMargin(row.tasks[task]) : '']),
          ),
          mean: withMargin(row),
          'kept, %': row.kept?.toFixed(1) ?? '',
          parameters: row.parameters,
          'seconds a task': row.seconds.toFixed(0),
        },
      ]),
    ),
  );
  for (const { above, below, paper, found, difference } of orderings) {
    console.log(`${above} above ${below} (${paper}): ${found}, ${percent(difference)}`);
  }
}
