import type { FusedKernel } from '../kernel';
import { logitDistanceGradientProgram, logitDistanceProgram } from './program';
import { logitDistanceGradientReference, logitDistanceReference } from './reference';
import { logitDistanceGradientOnWasm, logitDistanceOnWasm } from './wasm';

/** student [R, V], teacher [R, V], scale [1], weights [R] -> [R]. */
export const logitDistanceKernel: FusedKernel = {
  name: 'StillroomLogitDistance',
  outputs: ({ weights }) => [weights],
  reference: logitDistanceReference,
  gpu: (...of) => [logitDistanceProgram(...of)],
  wasm: logitDistanceOnWasm,
};

/** ddistances [R], and the inputs of the distances -> dstudent [R, V]. */
export const logitDistanceGradientKernel: FusedKernel = {
  name: 'StillroomLogitDistanceGradient',
  outputs: ({ student }) => [student],
  reference: logitDistanceGradientReference,
  gpu: (...of) => [logitDistanceGradientProgram(...of)],
  wasm: logitDistanceGradientOnWasm,
};
