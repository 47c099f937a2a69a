/**
 * What soft targets are made of: the teacher's logits, or controls that take a part of what they say away. Beside the
 * teacher's own a control tells which part a student lives on.
 */
import type * as tf from '@tensorflow/tfjs';
import type { Dial } from './method';
import type { Ops } from './ops';

export interface TargetRows {
  /** The teacher's logits, [R, V]. */
  logits: tf.Tensor2D;
  /** T of the teacher's side, [1]. */
  temperature: tf.Tensor1D;
  /** The word that stands at each row, [R] int32, −1 in padding. */
  gold: tf.Tensor1D;
  /** π of the step, [V] int32: word j gets the logit of word π(j); and π⁻¹ of each row's gold word, [R] int32. */
  permutation: tf.Tensor1D;
  goldPreimages: tf.Tensor1D;
  scalar: (name: string) => tf.Tensor1D;
}

export interface Control {
  dials?: Record<string, Dial>;
  /** True where the targets are made for the plan's T, and are others at another. */
  atTemperature?: boolean;
  /** True where words are told apart by how far their logits are set apart, which a loss without a scale can't see. */
  setsScale?: boolean;
  /** True where words are left out: their probability is 0. */
  leavesOut?: boolean;
  /** Logits [R, V] in place of the teacher's; they stay as they are where left out. */
  targets?: (rows: TargetRows, ops: Ops) => tf.Tensor2D;
}

export const softTargets = {
  teacher: {},
  /** Entropy and the gold word's probability stay; what the teacher knows of the other words is gone. */
  shuffled: {
    targets: ({ logits, permutation, gold, goldPreimages }, ops) =>
      ops.shuffledTargets(logits, { permutation, gold, goldPreimages }),
  },
  /**
   * Labels smoothed alike, as softly as the teacher speaks at each row: the virtual teacher of Tf-KD (Yuan et al. 2020,
   * arXiv:1909.11723), at the teacher's entropy in place of a fixed share.
   */
  smoothed: {
    atTemperature: true,
    setsScale: true,
    targets: ({ logits, temperature, gold }, ops) =>
      ops.controlTargets(logits, { temperature, gold }, { keep: 'entropy' }),
  },
  /** The gold word as probable as the teacher has it, all others alike. */
  goldOnly: {
    atTemperature: true,
    setsScale: true,
    targets: ({ logits, temperature, gold }, ops) =>
      ops.controlTargets(logits, { temperature, gold }, { keep: 'gold' }),
  },
  /** The teacher's most probable words alone. */
  topWords: {
    setsScale: true,
    leavesOut: true,
    dials: { topCount: { symbol: 'k', min: 1, max: 100, integer: true, initial: 10, live: true } },
    targets: ({ logits, scalar }, ops) => ops.topTargets(logits, scalar('topCount')),
  },
} as const satisfies Record<string, Control>;

export type SoftTargets = keyof typeof softTargets;
export const softTargetKinds = Object.keys(softTargets) as [SoftTargets, ...SoftTargets[]];
export const controlOf = (kind: SoftTargets): Control => softTargets[kind];
