/** The squared distance of logits and its gradient on tfjs's WASM heap; the arithmetic is in logitDistance.as.ts. */
import type { FusedKernel } from '../kernel';

export const logitDistanceOnWasm: FusedKernel['wasm'] = (
  calls,
  { student, teacher, scale, weights },
  [distances],
  { student: [rows, vocabulary] },
) => {
  const range = { count: rows, work: 2 * rows * vocabulary };
  calls.ranged('logitDistance', range, student, teacher, scale, weights, distances, vocabulary);
};

export const logitDistanceGradientOnWasm: FusedKernel['wasm'] = (
  calls,
  { ddistances, student, teacher, scale, weights },
  [dstudent],
  { student: [rows, vocabulary] },
) =>
  calls.ranged(
    'logitDistanceGradient',
    { count: rows, work: rows * vocabulary },
    ddistances,
    student,
    teacher,
    scale,
    weights,
    dstudent,
    vocabulary,
  );
