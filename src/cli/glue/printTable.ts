/** The table and the orderings, for a terminal; and how their figures are written. */
import type { TFunction } from 'i18next';
import type { Mean } from '../../statistics/mean';
import type { Ordering } from './orderings';
import type { Table } from './table';

/** In per cent, one decimal; empty where there is none. */
export const percent = (value: number | null) => (value === null ? '' : (100 * value).toFixed(1));

/** A difference in points, with its sign. */
export const points = (value: number | null) =>
  value === null ? '' : `${value > 0 ? '+' : ''}${percent(value)}`;

/** A mean in per cent, with half the width of its 95 % interval where there is one. */
export function withMargin({ mean, high }: Pick<Mean, 'mean' | 'high'>): string {
  if (mean === null || high === null) return percent(mean);
  return `${percent(mean)} ± ${percent(high - mean)}`;
}

/** A difference in points with its interval where there is one. */
export function withInterval({ difference, low, high }: Ordering, t: TFunction): string {
  if (low === null || high === null) return points(difference);
  return t('glue.withInterval', { value: points(difference), low: points(low), high: points(high) });
}

export const orderingName = ({ above, below }: Ordering, t: TFunction): string =>
  t('glue.above', { above: t(`glue.model.${above}`), below: t(`glue.model.${below}`) });

export function printTable({ tasks, mean }: Table, orderings: readonly Ordering[], t: TFunction) {
  if (mean.length === 0) {
    console.log(t('glue.nothing'));
    return;
  }
  console.table(
    Object.fromEntries(
      mean.map((row) => [
        row.model,
        {
          ...Object.fromEntries(
            tasks.map((task) => [task, row.tasks[task] ? withMargin(row.tasks[task]) : '']),
          ),
          [t('glue.column.mean')]: withMargin(row),
          [t('glue.column.kept')]: row.kept?.toFixed(1) ?? '',
          [t('glue.column.parameters')]: row.parameters,
          [t('glue.column.seconds')]: row.seconds.toFixed(0),
        },
      ]),
    ),
  );
  for (const ordering of orderings) {
    const { where, found } = ordering;
    const difference = withInterval(ordering, t);
    const said = t(`glue.found.${found}`);
    console.log(
      t('glue.orderingLine', { ordering: orderingName(ordering, t), where, found: said, difference }),
    );
  }
}
