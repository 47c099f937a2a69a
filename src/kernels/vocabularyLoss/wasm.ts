/** The losses over the vocabulary and their gradient on tfjs's WASM heap; the arithmetic is in vocabularyLoss.as.ts. */
import type { FusedKernel } from '../kernel';
import type { VocabularyLossAttributes } from './reference';

type OnWasm = FusedKernel<VocabularyLossAttributes>['wasm'];

export const vocabularyLossOnWasm: OnWasm = (
  calls,
  { student, teacher = 0, temperature, labels = 0, weights },
  [losses, stats, slopes = 0],
  { student: [rows, vocabulary] },
  { crossEntropy },
) =>
  calls.ranged(
    'vocabularyLoss',
    { count: rows, work: 8 * rows * vocabulary, scratch: slopes ? 8 * (vocabulary + 3) : 0 },
    student,
    teacher,
    temperature,
    labels,
    weights,
    losses,
    stats,
    slopes,
    rows,
    vocabulary,
    Number(crossEntropy),
  );

export const vocabularyLossGradientOnWasm: OnWasm = (
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
