import type { FusedKernel } from '../kernel';
import { cosineLossGradientPrograms, cosineLossPrograms } from './program';
import { cosineLossGradientReference, cosineLossReference } from './reference';
import { cosineLossGradientOnWasm, cosineLossOnWasm } from './wasm';

/** student [R, d], teacher [R, d], weights [R] -> [R]. */
export const cosineLossKernel: FusedKernel = {
  name: 'StillroomCosineLoss',
  outputs: ({ weights }) => [weights],
  reference: cosineLossReference,
  gpu: cosineLossPrograms,
  wasm: cosineLossOnWasm,
};

/** dlosses [R], student [R, d], teacher [R, d], weights [R] -> dstudent [R, d]. */
export const cosineLossGradientKernel: FusedKernel = {
  name: 'StillroomCosineLossGradient',
  outputs: ({ student }) => [student],
  reference: cosineLossGradientReference,
  gpu: cosineLossGradientPrograms,
  wasm: cosineLossGradientOnWasm,
};
