/** The forward pass of one model on one batch, and what is asked of it. */
import type * as tf from '@tensorflow/tfjs';
import type { Arm, LossTerm } from '../config/experiment';
import { shuffledLogits } from '../distill/shuffledTeacher';
import { gatherRows } from '../kernels/gatherRows/gatherRows';
import { type EncoderOutput, encode } from '../model/encoder';
import { mlmLogits } from '../model/mlmHead';
import type { BatchTensors } from './batchTensors';
import type { Model } from './model';

/** What the losses need of a pass; what nobody needs is not computed. */
export interface Needs {
  /** Logits at every token: the costliest product of all. */
  allLogits: boolean;
  /** Logits at the masked words alone. */
  maskedLogits: boolean;
  /** Attention scores before the softmax. */
  scores: boolean;
  /** Attention probabilities; no loss compares them. */
  probabilities?: boolean;
}

export interface Forward {
  encoder: EncoderOutput;
  /** Last hidden states, [N, d]. */
  hidden: tf.Tensor2D;
  /** Logits at every token [N, V], where needed. */
  allLogits: tf.Tensor2D | null;
  /** Logits at the masked words [M, V], where needed. */
  maskedLogits: tf.Tensor2D | null;
}

export function forward({ shape, parameters }: Model, batch: BatchTensors, needs: Needs): Forward {
  const encoder = encode(parameters, shape, batch.input, {
    keepScores: needs.scores,
    keepProbabilities: needs.probabilities,
  });
  const hidden = encoder.hiddenStates[shape.layers];
  const allLogits = needs.allLogits ? mlmLogits(parameters, hidden) : null;
  // Those of all tokens hold these too; but picking rows of the vocabulary takes longer than a product with so few.
  const maskedLogits = needs.maskedLogits ? mlmLogits(parameters, gatherRows(hidden, batch.masked)) : null;
  return { encoder, hidden, allLogits, maskedLogits };
}

/** Where an arm's predictions are compared: at all tokens only where a comparison with the teacher's asks for it. */
export const predictionRows = (arm: Arm, terms: LossTerm[]): 'all' | 'masked' =>
  arm.positions === 'all' && (terms.includes('ce') || terms.includes('mse')) ? 'all' : 'masked';

/** What the given terms of an arm need of the student's pass. */
export function studentNeeds(arm: Arm, terms: LossTerm[]): Needs {
  const predicts = terms.some((term) => term === 'ce' || term === 'mse' || term === 'mlm');
  const everywhere = predictionRows(arm, terms) === 'all';
  return {
    allLogits: predicts && everywhere,
    maskedLogits: predicts && !everywhere,
    scores: terms.includes('attn'),
  };
}

/** What the arms together need of the teacher's pass; null where they need nothing. */
export function teacherNeeds(arms: { arm: Arm; terms: LossTerm[] }[]): Needs | null {
  const needs: Needs = { allLogits: false, maskedLogits: false, scores: false };
  let any = false;
  for (const { arm, terms } of arms) {
    if (terms.some((term) => term !== 'mlm')) any = true;
    if (terms.includes('attn')) needs.scores = true;
    if (!terms.includes('ce') && !terms.includes('mse')) continue;
    if (predictionRows(arm, terms) === 'all') needs.allLogits = true;
    else needs.maskedLogits = true;
  }
  return any ? needs : null;
}

/** Logits that an arm's soft targets are made of: the teacher's, or those of the shuffled one. */
export function targetLogits(arm: Arm, teacher: Forward, batch: BatchTensors, rows: 'all' | 'masked') {
  const logits = (rows === 'all' ? teacher.allLogits : teacher.maskedLogits)!;
  if (arm.softTargets === 'teacher') return logits;
  const { gold, goldPreimages } = batch.rows[rows];
  return shuffledLogits(logits, { permutation: batch.permutation, gold, goldPreimage: goldPreimages });
}
