/** Distillation with standardised logits and its gradient on tfjs's WASM heap; the arithmetic is in standardisedLoss.as.ts. */
import type { FusedKernel } from '../kernel';

export const standardisedLossOnWasm: FusedKernel['wasm'] = (
  calls,
  { student, teacher, temperature, weights },
  [losses, stats],
  { student: [rows, vocabulary] },
) => {
  const range = { count: rows, work: 8 * rows * vocabulary };
  calls.ranged('standardisedLoss', range, student, teacher, temperature, weights, losses, stats, vocabulary);
};

export const standardisedLossGradientOnWasm: FusedKernel['wasm'] = (
  calls,
  { dlosses, student, teacher, temperature, weights, stats },
  [dstudent],
  { student: [rows, vocabulary] },
) =>
  calls.ranged(
    'standardisedLossGradient',
    { count: rows, work: 6 * rows * vocabulary },
    dlosses,
    student,
    teacher,
    temperature,
    weights,
    stats,
    dstudent,
    vocabulary,
  );
