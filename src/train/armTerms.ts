import type * as tf from '@tensorflow/tfjs';
import type { Arm, LossTerm } from '../config/experiment';
import { cosineLoss, logitsLoss, predictionLosses } from '../distill/distilbert';
import type { TermShares } from '../distill/objective';
import { attentionLosses, hiddenLevels, hiddenLosses, projectionNames } from '../distill/tinybert';
import type { Parameters } from '../model/encoder';
import type { BatchTensors } from './batchTensors';
import { type Forward, predictionRows, targetLogits } from './forward';

/**
 * The given terms of an arm's objective on one batch, as shares. Terms that compare with the teacher need its pass;
 * those that compare hidden states of different widths need the projection among the arm's `parameters`.
 */
export function armTerms(
  arm: Arm,
  terms: LossTerm[],
  student: Forward,
  batch: BatchTensors,
  teacher: Forward | null,
  { parameters, temperature }: { parameters: Parameters; temperature: tf.Tensor1D },
): TermShares[] {
  const has = (term: LossTerm) => terms.includes(term) && (term === 'mlm' || teacher !== null);
  const rows = predictionRows(arm, terms);
  const targets = batch.rows[rows];
  const studentLogits = rows === 'all' ? student.allLogits : student.maskedLogits;
  const parts: TermShares[] = [];

  if (has('ce') || has('mlm')) {
    const shares = predictionLosses(studentLogits!, {
      soft: has('ce') ? { teacherLogits: targetLogits(arm, teacher!, batch, rows), temperature } : undefined,
      hard: has('mlm') ? { labels: targets.labels } : undefined,
      shares: targets.predictionShares,
    });
    parts.push({ terms: ['ce', 'mlm'], shares });
  }
  if (has('cos')) {
    const shares = cosineLoss(student.hidden, teacher!.hidden, batch.rows.all.shares);
    parts.push({ terms: ['cos'], shares });
  }
  if (has('mse')) {
    const teacherLogits = rows === 'all' ? teacher!.allLogits : teacher!.maskedLogits;
    parts.push({ terms: ['mse'], shares: logitsLoss(studentLogits!, teacherLogits!, targets.shares) });
  }
  if (has('attn')) {
    const compared = arm.mapping.map((layer) => teacher!.encoder.attentionScores[layer - 1]);
    const losses = attentionLosses(student.encoder.attentionScores, compared, batch.input.attentionMask);
    for (const shares of losses) parts.push({ terms: ['attn'], shares });
  }
  if (has('hidn')) {
    const compared = hiddenLevels(arm.mapping).map((level) => teacher!.encoder.hiddenStates[level]);
    const losses = hiddenLosses(student.encoder.hiddenStates, compared, {
      weight: parameters[projectionNames.weight] as tf.Tensor2D,
      bias: parameters[projectionNames.bias] as tf.Tensor1D,
    });
    for (const shares of losses) parts.push({ terms: ['hidn'], shares });
  }
  return parts;
}
