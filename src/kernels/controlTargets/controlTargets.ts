/**
 * Targets in place of the teacher's, each of which keeps one thing of it: what a student still learns from them, it owes
 * to that. They are logits, for the losses that take a teacher's; no gradient flows through them.
 */
import type * as tf from '@tensorflow/tfjs';
import { runKernel } from '../kernel';
import { controlTargetsKernel, shuffledTargetsKernel, topTargetsKernel } from './kernel';
import type { ControlTargetsAttributes } from './reference';

export interface SoftenedRows {
  /** T as a tensor, [1]: the temperature at which the targets will be softened. */
  temperature: tf.Tensor1D;
  /** [R] int32, the right word of each row; -1 (none) makes a row uniform. */
  gold: tf.Tensor1D;
}

/**
 * teacher [R, V] -> logits [R, V] that soften at T to two levels, the gold word's and that of all others: no word is
 * nearer to the right one than another. `keep: 'gold'` leaves the gold word its softened probability. `'entropy'` gives
 * it that of at least 1/V at which the row's entropy is the teacher's: label smoothing (Szegedy et al. 2016) as soft
 * as the teacher, row by row, as in the virtual teacher of Tf-KD (Yuan et al. 2020).
 */
export function controlTargets(
  teacher: tf.Tensor2D,
  { temperature, gold }: SoftenedRows,
  { keep }: ControlTargetsAttributes,
): tf.Tensor2D {
  return runKernel(controlTargetsKernel, { teacher, temperature, gold }, { keep })[0] as tf.Tensor2D;
}

export interface Shuffle {
  /** π, [V] int32: word j gets the logit of word π(j). */
  permutation: tf.Tensor1D;
  /** [R] int32, the right word of each row; where there is none (-1) all words are permuted. */
  gold: tf.Tensor1D;
  /** π⁻¹ of each row's gold word, [R] int32. */
  goldPreimages: tf.Tensor1D;
}

/**
 * teacher [R, V] -> logits [R, V]: the teacher's, permuted among all words but the gold one. The word that would have got
 * the gold word's logit gets what the gold word had been given. On WASM these two may be rounded in their last bit.
 */
export function shuffledTargets(
  teacher: tf.Tensor2D,
  { permutation, gold, goldPreimages }: Shuffle,
): tf.Tensor2D {
  const inputs = { teacher, permutation, gold, goldPreimages };
  return runKernel(shuffledTargetsKernel, inputs, {})[0] as tf.Tensor2D;
}

/**
 * teacher [R, V], count [1] -> logits [R, V]: those of the `count` most probable words as they are (of equal ones, those
 * of lower index), and all others so low that their probability is exactly 0 in float32, at T <= 64. `count` is rounded
 * and kept between 1 and V.
 */
export function topTargets(teacher: tf.Tensor2D, count: tf.Tensor1D): tf.Tensor2D {
  return runKernel(topTargetsKernel, { teacher, count }, {})[0] as tf.Tensor2D;
}
