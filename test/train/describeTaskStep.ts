import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { canRecord } from '../../src/kernels/backends/recordedPasses';
import { distilbertBetas } from '../../src/optim/adamw';
import { RecordedStep } from '../../src/train/recordedStep';
import { golden } from '../golden/heads';
import { describeOn } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { taskBatch, taskStep } from './taskStep';

const training = { weightDecay: 0.01, clipNorm: 1, seed: 1, steps: 10 };

/** Losses and gradient norms of updates on batches, each at its step and read at once. */
async function course(
  { arm, ring, step }: ReturnType<typeof taskStep>,
  steps: number[],
  run: (last: boolean) => void,
  learningRate = 0.01,
) {
  const points: number[][] = [];
  for (const [i, at] of steps.entries()) {
    const numbers = { step: at, epoch: 0, learningRate, training, betas: distilbertBetas };
    step.write(taskBatch(i % 2 === 1), 0, numbers);
    run(true);
    ring.note(at + 1, learningRate, [arm]);
    for (const { arms } of await ring.read()) points.push([arms.student.total, arms.student.gradientNorm!]);
  }
  return points;
}

const eager = (name: 'bert' | 'distilbert', dropout: number, steps: number[], learningRate?: number) => {
  const made = taskStep(name, dropout);
  return course(made, steps, (last) => made.step.run(last), learningRate);
};

export function describeTaskStep(backend: BackendName) {
  describeOn(backend, 'a step of a task', () => {
    it.each(['bert', 'distilbert'] as const)("begins with PyTorch's loss and learns, %s", async (name) => {
      const points = await eager(name, 0, [0, 1, 2, 3, 4, 5]);
      closeTo([points[0][0]], [golden.cases[name].loss]);
      expect(points[4][0]).toBeLessThan(0.9 * points[0][0]);
    });

    it('drops anew at each step, by seed and step alone', async () => {
      const still = await eager('bert', 0.3, [0, 1, 2, 0], 0);
      const [[first], [second], [third]] = still;
      expect(second).not.toBe(first);
      expect(third).not.toBe(first);
      expect(first).not.toBeCloseTo(golden.cases.bert.loss, 3);
      expect(await eager('bert', 0.3, [0, 1, 2, 0], 0)).toEqual(still);
      // The same step on the other batch, as it is where that batch stands alone.
      const { step, ...rest } = taskStep('bert', 0.3);
      const [, again] = await course({ step, ...rest }, [5, 0], (last) => step.run(last), 0);
      expect(again).toEqual(still[3]);
    });

    it('is the same replayed as operation by operation, where it can be recorded', async () => {
      for (const dropout of [0, 0.3]) {
        const made = taskStep('bert', dropout);
        if (!canRecord()) {
          expect(backend).not.toBe('webgpu');
          continue;
        }
        const recorded = new RecordedStep(made.step);
        await recorded.compile();
        const replayed = await course(made, [0, 1, 2, 3], (last) => recorded.run(last));
        expect(replayed).toEqual(await eager('bert', dropout, [0, 1, 2, 3]));
        expect(new Set(replayed.flat()).size).toBe(8);
        recorded.dispose();
      }
    });
  });
}
