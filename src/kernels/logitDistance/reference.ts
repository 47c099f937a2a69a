/** The plain form of the squared distance of two rows of logits, and of its gradient. R rows over V words. */
import type { FusedKernel } from '../kernel';

type Reference = FusedKernel['reference'];

/** student s, teacher t [R, V], scale a [1], weights w [R] -> w·Σ_v (s − a·t)², [R]; 0 where w is. */
export const logitDistanceReference: Reference = (
  { student, teacher, scale, weights },
  { student: [rows, V] },
  _attributes,
  [distances],
) => {
  distances.fill(0);
  for (let row = 0; row < rows; row++) {
    if (weights[row] === 0) continue;
    let sum = 0;
    for (let v = row * V; v < (row + 1) * V; v++) sum += (student[v] - scale[0] * teacher[v]) ** 2;
    distances[row] = weights[row] * sum;
  }
};

/** ddistances [R], and the inputs -> dstudent [R, V] = ddistance·w·2(s − a·t). */
export const logitDistanceGradientReference: Reference = (
  { ddistances, student, teacher, scale, weights },
  { student: [rows, V] },
  _attributes,
  [dstudent],
) => {
  dstudent.fill(0);
  for (let row = 0; row < rows; row++) {
    if (weights[row] === 0) continue;
    const factor = 2 * ddistances[row] * weights[row];
    for (let v = row * V; v < (row + 1) * V; v++) dstudent[v] = factor * (student[v] - scale[0] * teacher[v]);
  }
};
