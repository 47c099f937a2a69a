/** Decoupled distillation's losses and their gradient on tfjs's WASM heap; the arithmetic is in decoupledLoss.as.ts. */
import type { FusedKernel } from '../kernel';

export const decoupledLossOnWasm: FusedKernel['wasm'] = (
  calls,
  { student, teacher, temperature, gold, weights },
  [losses, stats],
  { student: [rows, vocabulary] },
) =>
  calls.ranged(
    'decoupledLoss',
    { count: rows, work: 6 * rows * vocabulary },
    student,
    teacher,
    temperature,
    gold,
    weights,
    losses,
    stats,
    rows,
    vocabulary,
  );

export const decoupledLossGradientOnWasm: FusedKernel['wasm'] = (
  calls,
  { dlosses, student, teacher, temperature, gold, weights, stats },
  [dstudent],
  { student: [rows, vocabulary] },
) =>
  calls.ranged(
    'decoupledLossGradient',
    { count: rows, work: 6 * rows * vocabulary },
    dlosses,
    student,
    teacher,
    temperature,
    gold,
    weights,
    stats,
    dstudent,
    rows,
    vocabulary,
  );
