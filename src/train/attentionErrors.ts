/** How far apart the attention of a student and of the teacher is. */
import * as tf from '@tensorflow/tfjs';
import type { AttentionDistance } from '../config/results';
import { isMappedOnTeacher } from '../config/sources';
import type { BatchTensors } from './batchTensors';
import type { Forward } from './forward';
import type { Model, TrainedArm } from './model';

export interface AttentionSize {
  blocks: number;
  heads: number;
}

/** What is compared between teacher and student; null where it can't be, for want of a teacher, of equal heads or of a mapping. */
export function attentionSize(teacher: Model | null, { arm, shape }: TrainedArm): AttentionSize | null {
  if (teacher?.shape.heads !== shape.heads || arm.mapping.length === 0) return null;
  // A mapping onto the layers of another teacher or student says nothing of the first teacher's.
  if (!isMappedOnTeacher(arm)) return null;
  return { blocks: arm.mapping.length, heads: shape.heads };
}

/** MSE per mapped block and head, of scores and then of probabilities, over pairs of real tokens: [2, blocks, H]. */
export function attentionErrors(
  student: Forward,
  teacher: Forward,
  mapping: number[],
  batch: BatchTensors,
): tf.Tensor {
  const mask = batch.input.attentionMask;
  const pairs = mask.expandDims(2).mul(mask.expandDims(1)).expandDims(1); // [B, 1, L, L]
  const count = pairs.sum();
  const errors = (of: 'attentionScores' | 'attentionProbabilities') =>
    mapping.map((block, m) =>
      tf
        .squaredDifference(student.encoder[of][m], teacher.encoder[of][block - 1])
        .mul(pairs)
        .sum([0, 2, 3])
        .div(count),
    );
  return tf.stack([...errors('attentionScores'), ...errors('attentionProbabilities')]);
}

/** The numbers of `attentionErrors`. */
export function readAttention(
  values: ArrayLike<number>,
  { blocks, heads }: AttentionSize,
): AttentionDistance {
  const rows = (from: number) =>
    Array.from({ length: blocks }, (_, m) =>
      Array.from({ length: heads }, (_, h) => values[from + m * heads + h]),
    );
  return { scores: rows(0), probabilities: rows(blocks * heads) };
}
