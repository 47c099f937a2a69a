import type { Metric } from '../../../statistics/summary';
import { formatFixed } from '../../format';

/** Shares are told in per cent, nats and correlations as they are. */
const factorOf = (metric: Metric) => (metric === 'accuracy' || metric === 'f1' ? 100 : 1);
const digitsOf = (metric: Metric) => (metric === 'accuracy' || metric === 'f1' ? 1 : 3);

/** A figure in the unit of its column. */
export const formatMetric = (metric: Metric, value: number): string =>
  formatFixed(factorOf(metric) * value, digitsOf(metric));

/** A difference, with its sign. */
export function formatDifference(metric: Metric, value: number): string {
  const size = formatMetric(metric, Math.abs(value));
  // What rounds to nothing has no sign.
  if (size === formatMetric(metric, 0)) return size;
  return `${value > 0 ? '+' : '−'}${size}`;
}

/** Key of a column's name under `overSeeds.table`. */
export const columnOf = (metric: Metric, isTask: boolean) =>
  metric === 'accuracy' && isTask ? 'rows' : metric;
