/** How well a model does a task, by the task's own figure. */
import type { HeldOut } from '../../config/results';
import { type BundledTaskId, bundledTasks, type Metric } from '../../config/tasks';
import * as classification from '../../statistics/classification';

export const metricOf = (task: BundledTaskId): Metric => bundledTasks[task].metric;

/** -1 to 1 of Matthews' correlation, else 0 to 1. */
export const figureOf = (task: BundledTaskId, { confusion = [] }: HeldOut): number =>
  classification.figureOf(metricOf(task), confusion);
