/**
 * The losses of TinyBERT that compare layers (Jiao et al. 2020, arXiv:1909.10351, section 3.1; general_distill.py and
 * modeling.py in huawei-noah/Pretrained-Language-Model/TinyBERT). Student layer m of M learns from the teacher's layer
 * g(m), by the arm's mapping; layer 0 is the output of the embeddings, and g(0) = 0. Callers hand over pairs in order.
 *
 * A loss of several layers is their sum. Each layer's is a mean over all elements, given as the rows' shares of it: a
 * vector whose sum is the layer's loss. Both are pure numbers.
 * B sequences, L tokens in each, N = B·L, H heads, d_S and d_T hidden sizes of student and teacher.
 */
import type * as tf from '@tensorflow/tfjs';
import { projectedDifference } from '../kernels/matMul/matMul';
import { squaredErrors } from '../kernels/squaredError/squaredError';

/** TinyBERT's names of the projection. It is trained with the student, and is no part of the model that comes of it. */
export const projectionNames = { weight: 'fit_dense.weight', bias: 'fit_dense.bias' } as const;

/** W_h [d_T, d_S] and its bias [d_T]: one linear layer for all levels, as in the code; the paper has W_e for level 0. */
export interface Projection {
  weight: tf.Tensor2D;
  bias: tf.Tensor1D;
}

export const projectionShapes = (
  teacherHiddenSize: number,
  studentHiddenSize: number,
): Record<string, number[]> => ({
  [projectionNames.weight]: [teacherHiddenSize, studentHiddenSize],
  [projectionNames.bias]: [teacherHiddenSize],
});

/** The teacher's hidden state for each of the student's, the embeddings' output first: g(0) = 0, g(1), …, g(M). */
export const hiddenLevels = (mapping: readonly number[]): number[] => [0, ...mapping];

/**
 * L_attn of each pair = (1/H) Σ_h MSE(A_S, A_T), A = QKᵀ/√k before the softmax, [B, H, L, L] (general_distill.py:425-430).
 *
 * The mean runs over heads, queries and keys. Keys of padding (0 in `mask` [B, L]) count as equal and stay in the
 * denominator, and queries of padding are compared like others, as in the code: in a batch with more padding the loss
 * is smaller.
 * @returns per pair the shares of its rows, [B·H·L]
 */
export function attentionLosses(
  studentScores: tf.Tensor4D[],
  teacherScores: tf.Tensor4D[],
  mask: tf.Tensor2D,
): tf.Tensor1D[] {
  return pairs(studentScores, teacherScores).map(([student, teacher]) => {
    const [heads, teacherHeads] = [student.shape[1], teacher.shape[1]];
    if (heads !== teacherHeads) {
      throw new Error(
        `L_attn compares head with head, and ${heads} heads can't be paired with ${teacherHeads}`,
      );
    }
    const rows = (scores: tf.Tensor4D) => scores.reshape([-1, scores.shape[3]]) as tf.Tensor2D; // [B·H·L, L]
    return squaredErrors(rows(student), rows(teacher), mask);
  });
}

/**
 * L_hidn of each pair = MSE(H_S W_h + b, H_T), H [N, d]; of the embeddings' output it is the paper's L_embd
 * (modeling.py:935-946). Rows of padding count like others, as in the code: padding dilutes the loss.
 * @returns per pair the shares of its rows, [N]
 */
export const hiddenLosses = (
  studentHidden: tf.Tensor2D[],
  teacherHidden: tf.Tensor2D[],
  { weight, bias }: Projection,
): tf.Tensor1D[] =>
  pairs(studentHidden, teacherHidden).map(([student, teacher]) =>
    squaredErrors(projectedDifference(student, weight, bias, teacher), null, null),
  );

/** @throws Error where the lists don't pair up: a layer left out would go unseen. */
function pairs<T>(student: T[], teacher: T[]): [T, T][] {
  if (student.length !== teacher.length) {
    throw new Error(`${student.length} layers of the student can't be paired with ${teacher.length}`);
  }
  return student.map((layer, m) => [layer, teacher[m]]);
}
