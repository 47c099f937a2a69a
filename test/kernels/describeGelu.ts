import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { gelu } from '../../src/kernels/gelu/gelu';
import { describeOn } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { normals } from '../support/numbers';

/** erf by its Taylor series, exact in float64 for |x| < 4. */
function erf(x: number) {
  let term = x;
  let sum = x;
  for (let n = 1; n < 120; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}
const reference = (x: number) => (x * (1 + erf(x / Math.SQRT2))) / 2;
const slope = (x: number) => (reference(x + 1e-5) - reference(x - 1e-5)) / 2e-5;

export function describeGelu(backend: BackendName) {
  describeOn(backend, 'gelu', () => {
    it.each([[[1]], [[3, 67]], [[2, 3, 5]]])('has the value and gradient of x Φ(x), %j', async (shape) => {
      const size = shape.reduce((a, b) => a * b, 1);
      const x = normals(size, 'gelu', 1.2);
      const dy = normals(size, 'dy of gelu');
      const { value, grad } = tf.valueAndGrad((v) => gelu(v))(tf.tensor(x, shape), tf.tensor(dy, shape));
      expect(value.shape).toEqual(shape);
      closeTo(await value.data(), [...x].map(reference), 1e-6);
      closeTo(
        await grad.data(),
        [...x].map((v, i) => dy[i] * slope(v)),
        1e-5,
      );
    });

    it('is that of the error function, not its tanh approximation', async () => {
      // The tanh form gives 1.954598 at 2.
      closeTo(await gelu(tf.tensor1d([2, 0.5, -0.5])).data(), [1.9544997, 0.3457312, -0.1542688], 1e-6);
    });
  });
}
