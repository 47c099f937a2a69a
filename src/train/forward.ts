/** The forward pass of one model on one batch, and what is asked of it. */
import type * as tf from '@tensorflow/tfjs';
import type { Arm, Plan } from '../config/experiment';
import { mlm } from '../config/heads';
import { gatherRows } from '../kernels/gatherRows/gatherRows';
import type { Pair, StudentSignal, TeacherSignal } from '../methods/method';
import { methodOfTerm, needsTeacher, type TermId, termOf } from '../methods/registry';
import { type EncodeOptions, type EncoderOutput, encode } from '../model/encoder';
import { headLogits } from '../model/head';
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
  /** Layers, counted from 1, whose queries, keys and values are kept. */
  qkv: readonly number[];
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

export function forward(
  { shape, parameters, head = mlm }: Model,
  batch: BatchTensors,
  needs: Needs,
  { block, dropout }: Pick<EncodeOptions, 'block' | 'dropout'> = {},
): Forward {
  const encoder = encode(parameters, shape, batch.input, {
    keepScores: needs.scores,
    keepProbabilities: needs.probabilities,
    keepQkv: (layer) => needs.qkv.includes(layer + 1),
    block,
    dropout,
  });
  const hidden = encoder.hiddenStates[shape.layers];
  const logits = (rows: tf.Tensor2D) => headLogits(head, parameters, rows, shape.layers, dropout);
  const allLogits = needs.allLogits ? logits(hidden) : null;
  // Those of all tokens hold these too; but picking rows of the vocabulary takes longer than a product with so few.
  const maskedLogits = needs.maskedLogits ? logits(gatherRows(hidden, batch.masked)) : null;
  return { encoder, hidden, allLogits, maskedLogits };
}

export type RowsName = 'all' | 'masked';

/** Where an arm's predictions are compared: at all tokens only where a term whose mean runs over them asks for it. */
export const predictionRows = ({ positions }: Pick<Plan, 'positions'>, terms: TermId[]): RowsName =>
  positions === 'all' && terms.some((term) => termOf(term).meanOver === 'rows') ? 'all' : 'masked';

/** Whether any of the terms reads a signal, on the student's side or the teacher's. */
const reads = (terms: TermId[], side: 'student' | 'teacher', ...signals: (StudentSignal | TeacherSignal)[]) =>
  terms.some((term) =>
    (termOf(term).reads[side] as readonly TeacherSignal[]).some((one) => signals.includes(one)),
  );

/** The teacher's layers, counted from 1, whose queries, keys and values the terms compare with. */
function qkvLayers(terms: TermId[], pair: Pair | null): number[] {
  if (!pair) return [];
  const compared = terms.filter((term) => reads([term], 'teacher', 'qkv'));
  return compared.map((term) => teacherQkvLayer(term, pair));
}

export function teacherQkvLayer(term: TermId, pair: Pair): number {
  return methodOfTerm(term).qkvLayer?.(pair) ?? pair.teacher.layers;
}

/** What the given terms of an arm need of the student's pass. */
export function studentNeeds(arm: Arm, terms: TermId[]): Needs {
  const predicts = reads(terms, 'student', 'logits');
  const everywhere = predictionRows(arm, terms) === 'all';
  return {
    allLogits: predicts && everywhere,
    maskedLogits: predicts && !everywhere,
    scores: reads(terms, 'student', 'scores'),
    qkv: reads(terms, 'student', 'qkv') ? [arm.student.layers] : [],
  };
}

/** What the arms together need of the teacher's pass; null where they need nothing. */
export function teacherNeeds(arms: { arm: Arm; terms: TermId[]; pair: Pair | null }[]): Needs | null {
  if (!arms.some(({ terms }) => terms.some(needsTeacher))) return null;
  const predicting = arms.filter(({ terms }) => reads(terms, 'teacher', 'logits', 'targets'));
  const rows = predicting.map(({ arm, terms }) => predictionRows(arm, terms));
  return {
    allLogits: rows.includes('all'),
    maskedLogits: rows.includes('masked'),
    scores: arms.some(({ terms }) => reads(terms, 'teacher', 'scores')),
    qkv: [...new Set(arms.flatMap(({ terms, pair }) => qkvLayers(terms, pair)))],
  };
}

/** True where the terms compare hidden states below the last. */
export const readsStates = (terms: TermId[]) => reads(terms, 'teacher', 'states', 'inner', 'embedding');
