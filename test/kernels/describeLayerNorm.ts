import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { layerNorm } from '../../src/kernels/layerNorm/layerNorm';
import { describeOn } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { normals } from '../support/numbers';

const epsilon = 1e-12;

type Inputs = [x: ArrayLike<number>, gain: ArrayLike<number>, bias: ArrayLike<number>];

function reference([x, gain, bias]: Inputs, rows: number, d: number): Float64Array {
  const y = new Float64Array(rows * d);
  for (let n = 0; n < rows; n++) {
    const row = Array.from({ length: d }, (_, j) => x[n * d + j]);
    const mean = row.reduce((a, b) => a + b) / d;
    const variance = row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / d;
    for (let j = 0; j < d; j++) {
      y[n * d + j] = ((row[j] - mean) / Math.sqrt(variance + epsilon)) * gain[j] + bias[j];
    }
  }
  return y;
}

/** d Σ dy·y / d inputs[which], by central differences in float64. */
function differences(inputs: Inputs, which: 0 | 1 | 2, dy: Float32Array, rows: number, d: number): number[] {
  const objective = (index: number, change: number) => {
    const moved = inputs.map((values) => Float64Array.from(values)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    moved[which][index] += change;
    return reference(moved, rows, d).reduce((sum, v, i) => sum + v * dy[i], 0);
  };
  return Array.from(inputs[which], (_, i) => (objective(i, 1e-5) - objective(i, -1e-5)) / 2e-5);
}

export function describeLayerNorm(backend: BackendName) {
  describeOn(backend, 'layerNorm', () => {
    it.each([
      [1, 8],
      [3, 7],
      [5, 33],
    ])('has the value and gradients of the formula, [%i, %i]', async (rows, d) => {
      const inputs: Inputs = [
        normals(rows * d, 'x').map((v) => 2 * v + 3),
        normals(d, 'gain').map((v) => 1 + v / 2),
        normals(d, 'bias'),
      ];
      const dy = normals(rows * d, 'dy of layerNorm');
      const [x, gain, bias] = inputs.map((values, i) =>
        tf.tensor(Float32Array.from(values), i === 0 ? [rows, d] : [d]),
      );
      const { value, grads } = tf.valueAndGrads((x, gain, bias) =>
        layerNorm(x as tf.Tensor2D, gain as tf.Tensor1D, bias as tf.Tensor1D, epsilon),
      )([x, gain, bias], tf.tensor2d(dy, [rows, d]));
      expect(value.shape).toEqual([rows, d]);
      closeTo(await value.data(), reference(inputs, rows, d), 1e-5);
      for (const which of [0, 1, 2] as const) {
        expect(grads[which].shape).toEqual(which === 0 ? [rows, d] : [d]);
        closeTo(await grads[which].data(), differences(inputs, which, dy, rows, d), 1e-4);
      }
    });
  });
}
