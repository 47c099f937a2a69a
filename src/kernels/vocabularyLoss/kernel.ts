import type { FusedKernel } from '../kernel';
import { vocabularyLossGradientProgram, vocabularyLossProgram } from './program';
import {
  type VocabularyLossAttributes,
  vocabularyLossGradientReference,
  vocabularyLossReference,
} from './reference';
import { vocabularyLossGradientOnWasm, vocabularyLossOnWasm } from './wasm';

/**
 * student [R, V], teacher [R, V] iff soft, temperature [1], labels [R] int32 (-1: none) iff hard, weights [2, R]
 * -> losses [2, R], stats [R, 4], and slopes [R] iff temperatureGradient.
 */
export const vocabularyLossKernel: FusedKernel<VocabularyLossAttributes> = {
  name: 'StillroomVocabularyLoss',
  outputs: ({ student: [rows] }, { temperatureGradient }) => [
    [2, rows],
    [rows, 4],
    ...(temperatureGradient ? [[rows]] : []),
  ],
  reference: vocabularyLossReference,
  gpu: (...of) => [vocabularyLossProgram(...of)],
  wasm: vocabularyLossOnWasm,
};

/** dlosses [2, R], the inputs of the losses and their stats [R, 4] -> dstudent [R, V]. */
export const vocabularyLossGradientKernel: FusedKernel<VocabularyLossAttributes> = {
  name: 'StillroomVocabularyLossGradient',
  outputs: ({ student }) => [student],
  reference: vocabularyLossGradientReference,
  gpu: (...of) => [vocabularyLossGradientProgram(...of)],
  wasm: vocabularyLossGradientOnWasm,
};
