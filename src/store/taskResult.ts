/** What a run that has ended on a task came to, by the task's own figure. */
import { canonical } from '../config/canonical';
import type { Experiment, TextSource } from '../config/experiment';
import type { BackendName, EvaluationPoint, HeldOut, NumberChange } from '../config/results';
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

/** With the way that led there, and what it was computed on. */
export interface ShownRun extends EndedRun {
  /** `point` is among them. */
  evaluations: readonly EvaluationPoint[];
  backend: BackendName | null;
  fingerprint: string;
}

/** The result of a run; null where it did not end on a task, is not at its end, or was not measured on all held-out rows. */
export function resultOf(run: EndedRun, savedAt: number): TaskResult | null {
  const { experiment, point } = run;
  const { text, tuning } = stagesOf(experiment).at(-1)!;
  if (!isTask(text) || point.extent !== 'full' || point.step !== stepsOf(experiment)) return null;
  const metric = metricAt(text, point);
  const modelOf = (heldOut: HeldOut | null | undefined, size: Size | null | undefined): ModelResult | null =>
    heldOut && size ? { value: figureIn(metric, heldOut), parameters: size.parameters } : null;
  const arms = experiment.arms.flatMap(({ id }): [string, ModelResult][] => {
    const result = modelOf(point.arms[id], run.arms[id]);
    return result && Number.isFinite(result.value) ? [[id, result]] : [];
  });
  if (arms.length === 0 || point.maskedWords === 0) return null;
  const moves = movesOf(run);
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

/** Changes of numbers after the first update of their stage: with them a run is no run of its experiment. */
export const movesOf = ({ experiment, changes }: Pick<EndedRun, 'experiment' | 'changes'>): NumberChange[] =>
  changes.filter(({ step, path }) => step > stepsBefore(experiment, stageOfPath(path).stage));

/** What a stage on this text is measured by: its task's metric; of words, and where rows were not counted by label, accuracy. */
export function metricAt(
  text: TextSource,
  { arms }: { arms: Record<string, Pick<HeldOut, 'confusion'>> },
): Metric {
  const counts = Object.values(arms)[0]?.confusion?.map((row) => row.reduce((a, b) => a + b, 0));
  if (!counts || !isTask(text)) return 'accuracy';
  return text.kind === 'task' ? bundledTasks[text.id].metric : metricOf(counts);
}

export const figureIn = (
  metric: Metric,
  { confusion, accuracy: right }: Pick<HeldOut, 'confusion' | 'accuracy'>,
): number =>
  confusion ? (metric === 'accuracy' ? accuracy(confusion) : figureOf(metric, confusion)) : right;
