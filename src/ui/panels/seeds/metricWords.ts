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
  const sign = value > 0 ? '+' : value < 0 ? '−' : '';
  return `${sign}${formatMetric(metric, Math.abs(value))}`;
}

/** Key of a column's name under `overSeeds.table`. */
export const columnOf = (metric: Metric, isTask: boolean) =>
  metric === 'accuracy' && isTask ? 'rows' : metric;
