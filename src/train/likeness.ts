/**
 * How alike two models see the same tokens, level by level. Level 0 is the embeddings' output, level m that of layer m.
 *
 * Linear CKA (Kornblith et al. 2019, arXiv:1905.00414, section 3) of states X [n, p] and Y [n, q], K = XXᵀ, L = YYᵀ:
 * HSIC(K, L) / √(HSIC(K, K) HSIC(L, L)). HSIC is the unbiased estimator of Song et al. 2012 (JMLR 13, equation 5): the plain
 * one calls unrelated states of some hundred numbers alike where tokens are some hundred too. It is averaged over batches
 * before the quotient is taken, as in Nguyen et al. 2021 (arXiv:2010.15327, equation 3), so that no more than a batch is held.
 *
 * K and L, [n, n], are never made. With the columns of X and Y centred, and a_i = |x_i|², b_i = |y_i|²,
 *
 *     n (n − 3) HSIC = |XᵀY|² − n/(n−2) Σ a_i b_i + Σ a_i Σ b_i / ((n−1)(n−2))
 *
 * since then a row of K sums to 0, and to −a_i without its diagonal.
 */
import * as tf from '@tensorflow/tfjs';
import { product } from '../kernels/matMul/matMul';

/** The states of one model on one batch, and what is needed of them alone. J levels, n tokens, none of them padding. */
export interface Levels {
  /** As they are, J times [n, d]. */
  states: readonly tf.Tensor2D[];
  /** Without the mean over tokens, J times [n, d]. */
  centred: readonly tf.Tensor2D[];
  /** Squared lengths of the centred rows, [J, n]. */
  squares: tf.Tensor2D;
  /** Per level |XᵀX|², Σ a_i² and Σ a_i, [3, J]. */
  own: tf.Tensor2D;
}

/** @param states J times [n, d] */
export function levelsOf(states: readonly tf.Tensor2D[]): Levels {
  const centred = states.map((x) => x.sub(x.mean(0, true)) as tf.Tensor2D);
  const squares = tf.stack(centred.map((x) => x.square().sum(1))) as tf.Tensor2D;
  const products = tf.stack(centred.map((x) => product(x, x, true).square().sum()));
  const own = tf.stack([products, squares.square().sum(1), squares.sum(1)]) as tf.Tensor2D;
  return { states, centred, squares, own };
}

/** |XᵀY|², then Σ a_i b_i, of every level of a student with every one of its teacher, [2, J_S, J_T]. */
export function crossOf(
  student: Pick<Levels, 'centred' | 'squares'>,
  teacher: Pick<Levels, 'centred' | 'squares'>,
): tf.Tensor3D {
  const levels = student.centred.length;
  const all = tf.concat([...student.centred], 1) as tf.Tensor2D; // [N, J_S·d_S]
  const products = teacher.centred.map((y) => {
    const squares = product(y, all, true).square(); // [d_T, J_S·d_S]
    return squares.sum(0).reshape([levels, -1]).sum(1);
  });
  return tf.stack([
    tf.stack(products, 1),
    product(student.squares, teacher.squares, false, true),
  ]) as tf.Tensor3D;
}

/** States as unit vectors. */
export const unitRows = (states: tf.Tensor2D): tf.Tensor2D =>
  states.div(states.square().sum(1, true).sqrt().maximum(1e-12)) as tf.Tensor2D;

/** Sums over tokens of the cosine of every row with every other, [J_S, J_T], of `unitRows` of one width. */
export const cosinesOf = (student: readonly tf.Tensor2D[], teacher: readonly tf.Tensor2D[]): tf.Tensor2D =>
  tf.stack(student.map((x) => tf.stack(teacher.map((y) => x.mul(y).sum())))) as tf.Tensor2D;

/** Numbers of `own` of student and teacher, and of `crossOf`, on a batch of n tokens. */
export interface BatchSums {
  tokens: number;
  student: ArrayLike<number>;
  teacher: ArrayLike<number>;
  cross: ArrayLike<number>;
}

/** A batch needs more tokens than this for its estimate to be one. */
const leastTokens = 3;

/**
 * Debiased CKA of every level of a student (row) with every one of its teacher (column); null where a level's HSIC with
 * itself is not above 0, as where it says the same of every token.
 */
export function debiasedCka(
  batches: readonly BatchSums[],
  levels: number,
  sources: number,
): (number | null)[][] {
  const held = batches.filter(({ tokens }) => tokens > leastTokens);
  const mean = (of: (batch: BatchSums) => number) =>
    held.reduce((sum, batch) => sum + of(batch), 0) / held.length;
  const ownHsic = (of: 'student' | 'teacher', count: number) =>
    Array.from({ length: count }, (_, level) =>
      mean(({ tokens, [of]: own }) => {
        const sum = own[2 * count + level];
        return hsic(own[level], own[count + level], sum, sum, tokens);
      }),
    );
  const [students, teachers] = [ownHsic('student', levels), ownHsic('teacher', sources)];
  return students.map((ofStudent, s) =>
    teachers.map((ofTeacher, t) => {
      // Also where there is no batch at all, and both are no numbers.
      if (!(ofStudent > 0 && ofTeacher > 0)) return null;
      const both = mean(({ tokens, student, teacher, cross }) => {
        const at = s * sources + t;
        const dots = cross[levels * sources + at];
        return hsic(cross[at], dots, student[2 * levels + s], teacher[2 * sources + t], tokens);
      });
      return both / Math.sqrt(ofStudent * ofTeacher);
    }),
  );
}

/** HSIC without bias, see above: |XᵀY|², Σ a_i b_i, Σ a_i, Σ b_i and n. */
const hsic = (products: number, dots: number, sumA: number, sumB: number, n: number) =>
  (products - (n / (n - 2)) * dots + (sumA * sumB) / ((n - 1) * (n - 2))) / (n * (n - 3));
