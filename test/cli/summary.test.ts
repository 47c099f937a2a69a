import { expect, it, vi } from 'vitest';
import { print, summarise } from '../../src/cli/summary';
import { teacherModel } from '../../src/config/modelIds';
import type { EvaluationPoint, HeldOut, StepPoint } from '../../src/config/results';
import { stageAt } from '../../src/config/stages';
import type { Trainer } from '../../src/train/trainer';
import { taskStages } from '../support/taskStages';

const experiment = { ...stageAt(taskStages, 2), text: { kind: 'task', id: 'acceptable' } as const };
const ids = experiment.arms.map(({ id }) => id);
const sizes = Object.fromEntries([teacherModel, ...ids].map((id) => [id, { parameters: 9, bytes: 36 }]));
const trainer = { experiment, sizes: () => sizes } as unknown as Trainer;

const figures = (confusion: number[][]): HeldOut => ({
  ...{ loss: 0.5, accuracy: 0.75, agreement: null, klToTeacher: null, klError: null, confusion },
});
const [right, chance] = [
  [
    [2, 0],
    [0, 2],
  ],
  [
    [1, 1],
    [1, 1],
  ],
];
const losses = { total: 1, terms: { pred: 1 }, gradientNorm: 1 };
const heldOut: EvaluationPoint = {
  ...{ step: 3, extent: 'full', sequences: 4, maskedWords: 4, teacher: figures(right) },
  arms: Object.fromEntries(ids.map((id) => [id, { ...figures(chance), losses, attention: null }])),
};
const last: StepPoint = {
  step: 3,
  learningRate: 1e-3,
  arms: Object.fromEntries(ids.map((id) => [id, losses])),
};

it('has the figure by which a task is measured for every model, beside what it had', async () => {
  const finished = {
    trainer,
    corpus: null,
    backend: 'cpu',
    last,
    heldOut,
    byId: true,
    metric: 'matthews' as const,
  };
  const summary = await summarise(finished);
  expect(summary.teacher).toEqual({
    ...{ name: 'stories-4x32', parameters: 9, metric: 'matthews', value: 1 },
    heldOut: { loss: 0.5, accuracy: 0.75, agreement: null, klToTeacher: null, klError: null },
  });
  expect(summary.arms.map(({ metric, value }) => [metric, value])).toEqual([
    ['matthews', 0],
    ['matthews', 0],
  ]);
  expect(summary.arms[0].heldOut).toEqual({ loss: 0.5, accuracy: 0.75, agreement: null, klToTeacher: null });

  const table = vi.spyOn(console, 'table').mockImplementation(() => {});
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  print(summary, 'Held-out rows');
  expect(Object.values(table.mock.calls[0][0]).map((row) => (row as { matthews: string }).matthews)).toEqual([
    '1.000',
    '0.000',
    '0.000',
  ]);
  table.mockRestore();
  log.mockRestore();
});
