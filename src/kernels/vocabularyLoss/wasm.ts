/** The losses over the vocabulary and their gradient on tfjs's WASM heap; the arithmetic is in vocabularyLoss.as.ts. */
import type { FusedKernel } from '../kernel';

export const vocabularyLossOnWasm: FusedKernel['wasm'] = (
  calls,
  { student, teacher = 0, temperature, labels = 0, weights },
  [losses, stats],
  { student: [rows, vocabulary] },
) =>
  calls.ranged(
    'vocabularyLoss',
    { count: rows, work: 8 * rows * vocabulary },
    student,
    teacher,
    temperature,
    labels,
    weights,
    losses,
    stats,
    rows,
    vocabulary,
  );

export const vocabularyLossGradientOnWasm: FusedKernel['wasm'] = (
  calls,
  { dlosses, student, teacher = 0, temperature, labels = 0, weights, stats },
  [dstudent],
  { student: [rows, vocabulary] },
) =>
  calls.ranged(
    'vocabularyLossGradient',
    { count: rows, work: 8 * rows * vocabulary },
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
