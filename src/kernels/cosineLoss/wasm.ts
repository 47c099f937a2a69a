/** The cosine loss and its gradient on tfjs's WASM heap; the arithmetic is in cosineLoss.as.ts. */
import type { FusedKernel } from '../kernel';

export const cosineLossOnWasm: FusedKernel['wasm'] = (calls, at, [losses], { student: [rows, d] }) =>
  calls.ranged('cosineLoss', { count: rows, work: rows * d }, at.student, at.teacher, at.weights, losses, d);

export const cosineLossGradientOnWasm: FusedKernel['wasm'] = (
  calls,
  { dlosses, student, teacher, weights },
  [dstudent],
  { student: [rows, d] },
) => {
  const range = { count: rows, work: 2 * rows * d };
  calls.ranged('cosineLossGradient', range, dlosses, student, teacher, weights, dstudent, d);
};
