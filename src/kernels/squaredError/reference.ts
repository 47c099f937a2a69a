/** The plain form of the mean squared error, row by row, and of its gradient. R rows of C columns. */
import type { FusedKernel, Shapes } from '../kernel';

type Reference = FusedKernel['reference'];

/**
 * a [R, C], b? [R, C] (absent: zeros), mask? [B, C] (row r of a uses row ⌊r·B/R⌋; absent: ones)
 * -> Σ_c mask·(a - b)²/(R·C), [R]: the rows add up to the mean over all elements.
 */
export const squaredErrorReference: Reference = ({ a, b, mask }, shapes, _attributes, [errors]) => {
  const [rows, columns] = shapes.a;
  for (let row = 0; row < rows; row++) {
    const maskFrom = maskRow(shapes, row) * columns;
    let sum = 0;
    for (let c = 0; c < columns; c++) {
      const at = row * columns + c;
      sum += (mask ? mask[maskFrom + c] : 1) * (a[at] - (b ? b[at] : 0)) ** 2;
    }
    errors[row] = sum / (rows * columns);
  }
};

/** drows [R], a, b?, mask? -> da [R, C] = drow·2·mask·(a - b)/(R·C). */
export const squaredErrorGradientReference: Reference = (
  { drows, a, b, mask },
  shapes,
  _attributes,
  [da],
) => {
  const [rows, columns] = shapes.a;
  for (let row = 0; row < rows; row++) {
    const maskFrom = maskRow(shapes, row) * columns;
    for (let c = 0; c < columns; c++) {
      const at = row * columns + c;
      const difference = (mask ? mask[maskFrom + c] : 1) * (a[at] - (b ? b[at] : 0));
      da[at] = (drows[row] * 2 * difference) / (rows * columns);
    }
  }
};

const maskRow = ({ a, mask }: Shapes, row: number) => (mask ? Math.floor((row * mask[0]) / a[0]) : 0);
