/** The divergence and its gradient on tfjs's WASM heap; the arithmetic is in divergence.as.ts. */
import type { FusedKernel } from '../kernel';
import type { DivergenceAttributes } from './reference';

type OnWasm = FusedKernel<DivergenceAttributes>['wasm'];

export const divergenceOnWasm: OnWasm = (
  calls,
  { student, teacher, temperature, beta, weights },
  [losses, stats],
  { student: [rows, vocabulary] },
  { even },
) =>
  calls.ranged(
    'divergence',
    { count: rows, work: 12 * rows * vocabulary, scratch: 8 * (vocabulary + 3) },
    student,
    teacher,
    temperature,
    beta,
    weights,
    losses,
    stats,
    vocabulary,
    Number(even),
  );

export const divergenceGradientOnWasm: OnWasm = (
  calls,
  { dlosses, student, teacher, temperature, beta, weights, stats },
  [dstudent],
  { student: [rows, vocabulary] },
  { even },
) =>
  calls.ranged(
    'divergenceGradient',
    { count: rows, work: 12 * rows * vocabulary },
    dlosses,
    student,
    teacher,
    temperature,
    beta,
    weights,
    stats,
    dstudent,
    vocabulary,
    Number(even),
  );
