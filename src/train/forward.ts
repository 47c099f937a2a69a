/** The forward pass of one model on one batch, and what the teacher's pass gives to all arms. */
import * as tf from '@tensorflow/tfjs';
import type { Arm } from '../config/experiment';
import { permutation, randomStream } from '../data/random';
import { type SoftTargets, softTargets } from '../distill/distilbert';
import { shuffledLogits } from '../distill/shuffledTeacher';
import { gatherRows } from '../kernels/gatherRows/gatherRows';
import { type EncoderOutput, encode } from '../model/encoder';
import { mlmLogits } from '../model/mlmHead';
import type { BatchTensors } from './batchTensors';
import type { Model } from './model';

export interface Forward {
  encoder: EncoderOutput;
  /** Last hidden states, [N, d]. */
  hidden: tf.Tensor2D;
  /** Logits at every token [N, V], where asked for. */
  allLogits: tf.Tensor2D | null;
  /** Logits at the masked words, [M, V]. */
  maskedLogits: tf.Tensor2D;
}

/** Runs a model. The vocabulary is projected for all N tokens only where a loss needs it: it is the costliest product. */
export function forward({ shape, parameters }: Model, batch: BatchTensors, allPositions: boolean): Forward {
  const encoder = encode(parameters, shape, batch.input);
  const hidden = encoder.hiddenStates[shape.layers];
  const allLogits = allPositions ? mlmLogits(parameters, hidden) : null;
  const maskedLogits = allLogits
    ? gatherRows(allLogits, batch.masked)
    : mlmLogits(parameters, gatherRows(hidden, batch.masked));
  return { encoder, hidden, allLogits, maskedLogits };
}

const comparesLogits = ({ objective }: Arm) => objective.ce > 0 || objective.mse > 0;

/** True where an arm's loss needs logits at every token. */
export const needsAllLogits = (arm: Arm) => comparesLogits(arm) && arm.positions === 'all';

/** The teacher's side of the losses on one batch, shared by all arms. */
export interface TeacherPass extends Forward {
  /** Soft targets of an arm that has L_ce. */
  targets: Map<string, SoftTargets>;
}

/**
 * Runs the teacher once and softens its logits for every arm with L_ce; arms at the same T and positions share targets.
 * `key` (seed and step) draws the permutation of arms that learn from a shuffled teacher.
 */
export function teacherPass(
  teacher: Model,
  batch: BatchTensors,
  arms: Arm[],
  key: { seed: number; step: number },
): TeacherPass {
  const pass = forward(teacher, batch, arms.some(needsAllLogits));
  const shared = new Map<string, SoftTargets>();
  const targets = new Map<string, SoftTargets>();
  for (const arm of arms) {
    if (arm.objective.ce <= 0) continue;
    const kind = `${arm.temperature} ${arm.positions} ${arm.softTargets}`;
    const known = shared.get(kind) ?? softTargets(targetLogits(pass, batch, arm, key), arm.temperature);
    shared.set(kind, known);
    targets.set(arm.id, known);
  }
  return { ...pass, targets };
}

function targetLogits(pass: Forward, batch: BatchTensors, arm: Arm, key: { seed: number; step: number }) {
  const { allLogits, maskedLogits } = pass;
  const logits = arm.positions === 'all' && allLogits ? allLogits : maskedLogits;
  if (arm.softTargets === 'teacher') return logits;
  const { originalIds, labels } = batch.source;
  // Drawn afresh at each step, so that the student can't learn the permutation itself.
  const order = Int32Array.from(
    permutation(logits.shape[1], randomStream(key.seed, key.step, 'shuffled teacher')),
  );
  const inverse = new Int32Array(order.length);
  order.forEach((from, to) => {
    inverse[from] = to;
  });
  const gold = logits === allLogits ? originalIds : labels;
  return shuffledLogits(logits, {
    permutation: tf.tensor1d(order, 'int32'),
    gold: tf.tensor1d(gold, 'int32'),
    goldPreimage: tf.tensor1d(
      gold.map((id) => inverse[id]),
      'int32',
    ),
  });
}
