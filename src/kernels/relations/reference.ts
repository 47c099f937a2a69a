/** The definition of the relations of tokens and of their gradient, on plain arrays. */
import type { FusedKernel, Shapes } from '../kernel';

export type RelationAttributes = {
  heads: number;
  /** L, the tokens of a sequence. */
  length: number;
};

/** B sequences of L tokens; a row of `x` holds the k columns of each head side by side. */
export function relationSizes({ x: [n, columns] }: Shapes, { heads, length }: RelationAttributes) {
  const headSize = columns / heads;
  return { batch: n / length, columns, headSize, scale: 1 / Math.sqrt(headSize) };
}

type Reference = FusedKernel<RelationAttributes>['reference'];

/** scores[h, b, i, j] = x_i·x_j/√k over the columns of head h, for tokens i and j of sequence b. */
export const relationsReference: Reference = ({ x }, shapes, attributes, [scores]) => {
  const { heads, length: L } = attributes;
  const { batch, columns, headSize, scale } = relationSizes(shapes, attributes);
  for (let h = 0; h < heads; h++) {
    for (let b = 0; b < batch; b++) {
      for (let i = 0; i < L; i++) {
        for (let j = 0; j < L; j++) {
          const [from, to] = [i, j].map((token) => (b * L + token) * columns + h * headSize);
          let sum = 0;
          for (let c = 0; c < headSize; c++) sum += x[from + c] * x[to + c];
          scores[((h * batch + b) * L + i) * L + j] = scale * sum;
        }
      }
    }
  }
};

/** dx_i = Σ_j (dscores[i, j] + dscores[j, i])·x_j/√k. */
export const relationsGradientReference: Reference = ({ dscores, x }, shapes, attributes, [dx]) => {
  const { heads, length: L } = attributes;
  const { batch, columns, headSize, scale } = relationSizes(shapes, attributes);
  for (let h = 0; h < heads; h++) {
    for (let b = 0; b < batch; b++) {
      const square = (h * batch + b) * L * L;
      for (let i = 0; i < L; i++) {
        for (let c = h * headSize; c < (h + 1) * headSize; c++) {
          let sum = 0;
          for (let j = 0; j < L; j++) {
            const both = dscores[square + i * L + j] + dscores[square + j * L + i];
            sum += both * x[(b * L + j) * columns + c];
          }
          dx[(b * L + i) * columns + c] = scale * sum;
        }
      }
    }
  }
};
