/**
 * The losses of MiniLM (Wang et al. 2020, arXiv:2002.10957) and MiniLMv2 (Wang et al. 2021, arXiv:2012.15828): what a
 * student's tokens attend to, and how they relate to each other, against the teacher's.
 */
import * as tf from '@tensorflow/tfjs';
import { runKernel } from '../kernel';
import { relations } from '../relations/relations';
import { relationLossKernel } from './kernel';
import type { RelationLossAttributes } from './reference';

export interface RelationOptions {
  /** A, the relation heads that a vector is cut into; divides the width of both models. */
  heads: number;
  /** P, the vectors that lie side by side in a row, each with a loss of its own: 3 for queries, keys and values. */
  parts?: number;
}

/**
 * MiniLMv2: student [N, P·d_s], teacher [N, P·d_t], mask [B, L] (1 for a token, 0 for padding; N = B·L) -> [P, A·B·L],
 * a part's shares of its loss. With relation R = softmax(X Xᵀ/√(d/A)) over the tokens of a sequence, head by head, that
 * is KL(R_t ‖ R_s) in nats, its mean over heads and tokens of a sequence, and the mean of that over the sequences that
 * hold tokens. Widths may differ. Differentiable in the student's vectors alone.
 */
export function relationLosses(
  student: tf.Tensor2D,
  teacher: tf.Tensor2D,
  mask: tf.Tensor2D,
  { heads, parts = 1 }: RelationOptions,
): tf.Tensor2D {
  const of = (x: tf.Tensor2D) => relations(x, { heads: parts * heads, length: mask.shape[1] });
  return divergences(of(student), of(teacher), mask, { heads, headsFirst: true }).reshape([parts, -1]);
}

/**
 * MiniLM: scores [B, H, L, L] of student and teacher before mask and softmax, mask [B, L] -> [B·H·L], shares of
 * KL(A_t ‖ A_s) in nats, A the attention probabilities; means as above. Differentiable in the student's scores alone.
 */
export function attentionDivergences(
  student: tf.Tensor4D,
  teacher: tf.Tensor4D,
  mask: tf.Tensor2D,
): tf.Tensor1D {
  return divergences(student, teacher, mask, { heads: student.shape[1], headsFirst: false });
}

function divergences(
  student: tf.Tensor4D,
  teacher: tf.Tensor4D,
  mask: tf.Tensor2D,
  attributes: RelationLossAttributes,
): tf.Tensor1D {
  const operation = tf.customGrad((...args) => {
    const [student, save] = args as unknown as [tf.Tensor, tf.GradSaveFunc];
    const [value, slopes] = runKernel(relationLossKernel, { student, teacher, mask }, attributes);
    save([slopes]);
    return {
      value,
      gradFunc: (drows: tf.Tensor, [slopes]: tf.Tensor[]) =>
        slopes.mul(drows.reshape([...slopes.shape.slice(0, 3), 1])),
    };
  });
  return operation(student) as tf.Tensor1D;
}
