/** Results of runs on tasks, as the page would have them. */
import type { Experiment } from '../../src/config/experiment';
import type { EvaluationPoint, HeldOut, NumberChange } from '../../src/config/results';
import { stepsOf } from '../../src/config/stages';
import { resultOf } from '../../src/store/taskResult';
import { asCell, type TaskResult, type TaskSource } from '../../src/store/taskTable';
import { taskStages } from '../support/taskStages';

/** Of rows of two labels, 10 of each, as many of which are right. */
export const heldOut = (right: number): HeldOut => ({
  loss: 1,
  accuracy: right / 20,
  agreement: 0.5,
  klToTeacher: 0.5,
  confusion: [
    [right / 2, 10 - right / 2],
    [10 - right / 2, right / 2],
  ],
});

const losses = { total: 1, terms: {}, gradientNorm: null };

/** `right`: of 20 rows, by model; the teacher's is `teacher`. */
export function endedRun(experiment: Experiment, right: Record<string, number>) {
  const { teacher, ...arms } = right;
  const point: EvaluationPoint = {
    step: stepsOf(experiment),
    extent: 'full',
    stage: 2,
    sequences: 20,
    maskedWords: 20,
    teacher: teacher === undefined ? null : heldOut(teacher),
    arms: Object.fromEntries(
      Object.entries(arms).map(([id, count]) => [id, { ...heldOut(count), losses, attention: null }]),
    ),
  };
  const changes: NumberChange[] = [];
  return {
    experiment,
    changes,
    point,
    teacher: { parameters: 1000 },
    arms: Object.fromEntries(Object.keys(arms).map((id) => [id, { parameters: 400 }])),
  };
}

export function sampleResult(
  task: TaskSource,
  seed: number,
  right: Record<string, number>,
  recipe: Experiment = taskStages,
): TaskResult {
  const result = resultOf(endedRun(asCell(recipe, task, seed), right), 1000 + seed);
  if (!result) throw new Error('It gives no result');
  return result;
}
