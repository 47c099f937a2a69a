/** The cosine loss and its gradient on tfjs's WASM heap; the arithmetic is in cosineLoss.as.ts. */
import type { FusedKernel } from '../kernel';

export const cosineLossOnWasm: FusedKernel['wasm'] = (module, at, [losses], { student: [rows, d] }) =>
  module.cosineLoss(at.student, at.teacher, at.weights, losses, rows, d);

export const cosineLossGradientOnWasm: FusedKernel['wasm'] = (
  module,
  at,
  [dstudent],
  { student: [rows, d] },
) => module.cosineLossGradient(at.dlosses, at.student, at.teacher, at.weights, dstudent, rows, d);
