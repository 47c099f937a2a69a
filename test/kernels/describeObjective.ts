import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { objectiveGradientKernel, objectiveKernel } from '../../src/kernels/objective/kernel';
import { weightedObjective } from '../../src/kernels/objective/objective';
import { lengthsText, planText } from '../../src/kernels/objective/plan';
import { closeTo } from '../support/closeTo';
import { checkKernel, noise } from './checkKernel';
import { describeKernels } from './describeKernels';

/** Shapes of the inputs and the terms of their rows; the last takes three dispatches on a GPU. */
const plans: { shapes: number[][]; terms: number[][] }[] = [
  { shapes: [[1]], terms: [[0]] },
  { shapes: [[2, 33], [128], [7]], terms: [[0, 1], [4], [1]] },
  { shapes: [[2, 512], [300], [1], [33], [64], [5]], terms: [[1, 0], [2], [5], [5], [3], [2]] },
  {
    shapes: Array.from({ length: 13 }, (_, i) => [3 * i + 1]),
    terms: Array.from({ length: 13 }, (_, i) => [(5 * i) % 6]),
  },
];

export function describeObjective(backend: BackendName) {
  describeKernels(backend, 'objective', () => {
    it.each(plans)('agrees with its reference, %j', async ({ shapes, terms }) => {
      const weights = noise([6], 1);
      const plan = planText(terms);
      const rows = Object.fromEntries(shapes.map((shape, i) => [`rows${i}`, noise(shape, 2 + i)]));
      await checkKernel(objectiveKernel, { weights, ...rows }, { plan });
      const lengths = lengthsText(shapes.map((shape) => shape.at(-1)!));
      await checkKernel(objectiveGradientKernel, { dtotal: noise([1], 9), weights }, { plan, lengths });
    });

    it('sums terms by their weights, reports them without, and hands each input its gradient', async () => {
      const weights = tf.tensor1d([2, 0.5, 0, -1]);
      const inputs = [tf.tensor2d([1, 2, 10, 20], [2, 2]), tf.tensor1d([5, 6, 7]), tf.tensor2d([[4]])];
      const reports: tf.Tensor[] = [];
      const { value, grads } = tf.valueAndGrads((...rows) => {
        const terms = [[0, 1], [2], [0]];
        const { total, report } = weightedObjective(
          rows.map((rows, i) => ({ rows, terms: terms[i] })),
          weights,
        );
        reports.push(tf.keep(report));
        return total.mul(3) as tf.Scalar;
      })(inputs);
      expect(value.shape).toEqual([]);
      closeTo(await value.data(), [3 * (2 * 7 + 0.5 * 30)]);
      closeTo(await reports[0].data(), [29, 7, 30, 18, 0]);
      expect(grads.map(({ shape }) => shape)).toEqual([[2, 2], [3], [1, 1]]);
      closeTo(await grads[0].data(), [6, 6, 1.5, 1.5]);
      expect([...(await grads[1].data())]).toEqual([0, 0, 0]);
      closeTo(await grads[2].data(), [6]);
      tf.dispose([value, grads, reports]);
    });
  });
}
