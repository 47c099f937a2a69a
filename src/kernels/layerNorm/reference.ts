/** The plain form of layer normalisation (Ba et al. 2016) and of its gradient. */
import type { FusedKernel } from '../kernel';

export type LayerNormAttributes = { epsilon: number };

/**
 * x [R, d], gain [d], bias [d] -> y [R, d] = n·gain + bias, where n = (x - mean)/√(variance + ε) over each row; and moments
 * [R, 2], each row's mean and 1/√(variance + ε).
 */
export const layerNormReference: FusedKernel<LayerNormAttributes>['reference'] = (
  { x, gain, bias },
  shapes,
  { epsilon },
  [y, moments],
) => {
  const [rows, d] = shapes.x;
  for (let row = 0; row < rows; row++) {
    const { mean, inverseDeviation } = momentsOf(x, row * d, d, epsilon);
    moments[2 * row] = mean;
    moments[2 * row + 1] = inverseDeviation;
    for (let j = 0; j < d; j++) {
      y[row * d + j] = (x[row * d + j] - mean) * inverseDeviation * gain[j] + bias[j];
    }
  }
};

/**
 * dy, x [R, d], gain [d], moments [R, 2] -> dx [R, d], dgain [d], dbias [d]. With g = dy·gain and means over the row,
 * dx = (g - mean(g) - n mean(g n))/√(variance + ε), dgain = Σ dy n, dbias = Σ dy.
 */
export const layerNormGradientReference: FusedKernel['reference'] = (
  { dy, x, gain, moments },
  shapes,
  _attributes,
  [dx, dgain, dbias],
) => {
  const [rows, d] = shapes.x;
  dgain.fill(0);
  dbias.fill(0);
  for (let row = 0; row < rows; row++) {
    const from = row * d;
    const [mean, inverseDeviation] = [moments[2 * row], moments[2 * row + 1]];
    const normalised = (j: number) => (x[from + j] - mean) * inverseDeviation;
    let meanG = 0;
    let meanGN = 0;
    for (let j = 0; j < d; j++) {
      const g = dy[from + j] * gain[j];
      meanG += g / d;
      meanGN += (g * normalised(j)) / d;
    }
    for (let j = 0; j < d; j++) {
      const n = normalised(j);
      dx[from + j] = (dy[from + j] * gain[j] - meanG - n * meanGN) * inverseDeviation;
      dgain[j] += dy[from + j] * n;
      dbias[j] += dy[from + j];
    }
  }
};

function momentsOf(x: ArrayLike<number>, from: number, d: number, epsilon: number) {
  let mean = 0;
  for (let j = 0; j < d; j++) mean += x[from + j] / d;
  let variance = 0;
  for (let j = 0; j < d; j++) variance += (x[from + j] - mean) ** 2 / d;
  return { mean, inverseDeviation: 1 / Math.sqrt(variance + epsilon) };
}
