/**
 * The definition of the divergence between two models' attention distributions, on plain arrays: of MiniLM (Wang et al.
 * 2020, equations 3 and 5) and MiniLMv2 (Wang et al. 2021, equations 4 to 7).
 */
import type { FusedKernel, Shapes } from '../kernel';

export type RelationLossAttributes = {
  /** A: what the mean over heads is taken of; a multiple of A times B matrices are so many losses. */
  heads: number;
  /** Whether the scores are [heads, B, L, L]; otherwise [B, heads, L, L]. */
  headsFirst: boolean;
};

/** M matrices [L, L] of scores, a row for each query and a column for each key, of B sequences. */
export function relationLossSizes({ student, mask: [batch, length] }: Shapes) {
  return { matrices: student[0] * student[1], batch, length };
}

/**
 * rows[m, i] = w·KL(softmax(t) ‖ softmax(s)) in nats over the keys that are tokens, with
 * w = 1/(A·tokens of the sequence·sequences that hold tokens), or 0 where query i is padding: the rows of one loss add
 * up to the mean over heads and queries of a sequence, and that over sequences. slopes = w·(softmax(s) − softmax(t)), the
 * derivative of a row by its scores; 0 for padding.
 */
export const relationLossReference: FusedKernel<RelationLossAttributes>['reference'] = (
  { student, teacher, mask },
  shapes,
  { heads, headsFirst },
  [rows, slopes],
) => {
  const { matrices, batch, length: L } = relationLossSizes(shapes);
  rows.fill(0);
  slopes.fill(0);
  const tokensOf = Array.from({ length: batch }, (_, b) =>
    Array.from({ length: L }, (_, i) => i).filter((i) => mask[b * L + i] !== 0),
  );
  const held = tokensOf.filter((tokens) => tokens.length > 0).length;
  for (let m = 0; m < matrices; m++) {
    const tokens = tokensOf[headsFirst ? m % batch : Math.floor(m / heads)];
    const weight = 1 / (heads * tokens.length * held);
    for (const i of tokens) {
      const places = tokens.map((j) => (m * L + i) * L + j);
      const logStudent = logSumExp(places.map((at) => student[at]));
      const logTeacher = logSumExp(places.map((at) => teacher[at]));
      let divergence = 0;
      for (const at of places) {
        const [s, t] = [student[at] - logStudent, teacher[at] - logTeacher];
        divergence += Math.exp(t) * (t - s);
        slopes[at] = weight * (Math.exp(s) - Math.exp(t));
      }
      rows[m * L + i] = weight * divergence;
    }
  }
};

function logSumExp(x: number[]): number {
  const max = x.reduce((a, b) => Math.max(a, b));
  return max + Math.log(x.reduce((sum, value) => sum + Math.exp(value - max), 0));
}
