/** The losses over the vocabulary and their gradient on tfjs's WASM heap; the arithmetic is in vocabularyLoss.as.ts. */
import type { FusedKernel } from '../kernel';

export const vocabularyLossOnWasm: FusedKernel['wasm'] = (
  module,
  { student, teacher = 0, temperature, labels = 0, weights },
  [losses, stats],
  { student: [rows, vocabulary] },
) => module.vocabularyLoss(student, teacher, temperature, labels, weights, losses, stats, rows, vocabulary);

export const vocabularyLossGradientOnWasm: FusedKernel['wasm'] = (
  module,
  { dlosses, student, teacher = 0, temperature, labels = 0, weights, stats },
  [dstudent],
  { student: [rows, vocabulary] },
) =>
  module.vocabularyLossGradient(
    dlosses,
    student,
    teacher,
    temperature,
    labels,
    weights,
    stats,
    dstudent,
    rows,
    vocabulary,
  );
