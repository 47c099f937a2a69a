import type { FusedKernel } from '../kernel';
import { standardisedLossGradientProgram, standardisedLossProgram } from './program';
import { standardisedLossGradientReference, standardisedLossReference } from './reference';
import { standardisedLossGradientOnWasm, standardisedLossOnWasm } from './wasm';

/** student [R, V], teacher [R, V], temperature [1], weights [R] -> losses [R], stats [R, 7]. */
export const standardisedLossKernel: FusedKernel = {
  name: 'StillroomStandardisedLoss',
  outputs: ({ student: [rows] }) => [[rows], [rows, 7]],
  reference: standardisedLossReference,
  gpu: (...of) => [standardisedLossProgram(...of)],
  wasm: standardisedLossOnWasm,
};

/** dlosses [R], the inputs of the losses and their stats [R, 7] -> dstudent [R, V]. */
export const standardisedLossGradientKernel: FusedKernel = {
  name: 'StillroomStandardisedLossGradient',
  outputs: ({ student }) => [student],
  reference: standardisedLossGradientReference,
  gpu: (...of) => [standardisedLossGradientProgram(...of)],
  wasm: standardisedLossGradientOnWasm,
};
