import type { Arm } from '../config/experiment';
import { cosineLoss, logitsLoss, maskedWordLoss, softTargetLoss } from '../distill/distilbert';
import type { TermValues } from '../distill/objective';
import type { BatchTensors } from './batchTensors';
import type { Forward, TeacherPass } from './forward';

/** The terms of an arm's objective on one batch; those with weight 0 are left out. */
export function armTerms(
  arm: Arm,
  student: Forward,
  batch: BatchTensors,
  teacher: TeacherPass | null,
): TermValues {
  const { objective, positions } = arm;
  const terms: TermValues = {};
  const everywhere = positions === 'all' && student.allLogits !== null && teacher?.allLogits != null;
  const logitsOf = (pass: Forward) => (everywhere ? pass.allLogits! : pass.maskedLogits);
  const weights = everywhere ? batch.tokenWeights : batch.maskedWeights;

  const targets = teacher?.targets.get(arm.id);
  if (objective.ce > 0 && targets) terms.ce = softTargetLoss(logitsOf(student), targets, weights);
  if (objective.mlm > 0) terms.mlm = maskedWordLoss(student.maskedLogits, batch.labels, batch.maskedWeights);
  if (objective.cos > 0 && teacher)
    terms.cos = cosineLoss(student.hidden, teacher.hidden, batch.tokenWeights);
  if (objective.mse > 0 && teacher) terms.mse = logitsLoss(logitsOf(student), logitsOf(teacher), weights);
  return terms;
}
