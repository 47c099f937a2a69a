import type { FusedKernel } from '../kernel';
import { divergenceGradientProgram, divergenceProgram } from './program';
import { type DivergenceAttributes, divergenceGradientReference, divergenceReference } from './reference';
import { divergenceGradientOnWasm, divergenceOnWasm } from './wasm';

/** student [R, V], teacher [R, V], temperature [1], beta [1], weights [R] -> losses [R], stats [R, 4]. */
export const divergenceKernel: FusedKernel<DivergenceAttributes> = {
  name: 'StillroomDivergence',
  outputs: ({ student: [rows] }) => [[rows], [rows, 4]],
  reference: divergenceReference,
  gpu: (...of) => [divergenceProgram(...of)],
  wasm: divergenceOnWasm,
};

/** dlosses [R], the inputs of the divergence and its stats [R, 4] -> dstudent [R, V]. */
export const divergenceGradientKernel: FusedKernel<DivergenceAttributes> = {
  name: 'StillroomDivergenceGradient',
  outputs: ({ student }) => [student],
  reference: divergenceGradientReference,
  gpu: (...of) => [divergenceGradientProgram(...of)],
  wasm: divergenceGradientOnWasm,
};
