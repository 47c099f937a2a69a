/** How well a model does a task, by the task's own figure. */
import type { HeldOut } from '../../config/results';
import { type BundledTaskId, bundledTasks, type Metric } from '../../config/tasks';
import { macroF1, matthews } from '../../statistics/classification';

export const metricOf = (task: BundledTaskId): Metric => bundledTasks[task].metric;

/** -1 to 1 of Matthews' correlation, else 0 to 1. @throws Error where a confusion matrix is needed and there is none */
export function figureOf(task: BundledTaskId, { accuracy, confusion }: HeldOut): number {
  const metric = metricOf(task);
  if (metric === 'accuracy') return accuracy;
  if (!confusion) throw new Error(`The result has no confusion matrix, which ${metric} is taken from`);
  return metric === 'matthews' ? matthews(confusion) : macroF1(confusion);
}
