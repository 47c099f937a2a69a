/** What a run that has ended on a task came to, by the task's own figure. */
import { canonical } from '../config/canonical';
import type { Experiment } from '../config/experiment';
import type { EvaluationPoint, HeldOut, NumberChange } from '../config/results';
import { stageOfPath, stagesOf, stepsBefore, stepsOf } from '../config/stages';
import { bundledTasks, isTask, type Metric, metricOf } from '../config/tasks';
import { accuracy, figureOf } from '../statistics/classification';
import type { ModelResult, TaskResult } from '../storage/taskResults';

interface Size {
  parameters: number;
}

export interface EndedRun {
  /** As it ended, with the numbers that it was trained with last. */
  experiment: Experiment;
  /** Of live numbers, since step 0. */
  changes: readonly NumberChange[];
  point: EvaluationPoint;
  teacher: Size | null;
  /** By arm id. */
  arms: Record<string, Size>;
}

/** The result of a run; null where it did not end on a task, is not at its end, or was not measured on all held-out rows. */
export function resultOf(run: EndedRun, savedAt: number): TaskResult | null {
  const { experiment, point } = run;
  const { text, tuning } = stagesOf(experiment).at(-1)!;
  if (!isTask(text) || point.extent !== 'full' || point.step !== stepsOf(experiment)) return null;
  const counts = Object.values(point.arms)[0]?.confusion?.map((row) => row.reduce((a, b) => a + b, 0));
  // Of rows by label; without them accuracy is all that is known.
  const metric = counts
    ? text.kind === 'task'
      ? bundledTasks[text.id].metric
      : metricOf(counts)
    : 'accuracy';
  const modelOf = (heldOut: HeldOut | null | undefined, size: Size | null | undefined): ModelResult | null =>
    heldOut && size ? { value: figureIn(metric, heldOut), parameters: size.parameters } : null;
  const arms = experiment.arms.flatMap(({ id }): [string, ModelResult][] => {
    const result = modelOf(point.arms[id], run.arms[id]);
    return result && Number.isFinite(result.value) ? [[id, result]] : [];
  });
  if (arms.length === 0 || point.maskedWords === 0) return null;
  const moves = run.changes.filter(
    ({ step, path }) => step > stepsBefore(experiment, stageOfPath(path).stage),
  );
  return {
    id: canonical([experiment, moves.map(({ step, path, value }) => [step, path, value])]),
    experiment,
    moved: moves.length > 0,
    metric,
    rows: point.maskedWords,
    // One that was not tuned on the task says nothing of it.
    teacher: tuning ? modelOf(point.teacher, run.teacher) : null,
    arms: Object.fromEntries(arms),
    savedAt,
  };
}

const figureIn = (metric: Metric, { confusion, accuracy: right }: HeldOut): number =>
  confusion ? (metric === 'accuracy' ? accuracy(confusion) : figureOf(metric, confusion)) : right;
