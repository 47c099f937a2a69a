import type { FusedKernel } from '../kernel';
import { decoupledLossGradientProgram, decoupledLossProgram } from './program';
import { decoupledLossGradientReference, decoupledLossReference } from './reference';
import { decoupledLossGradientOnWasm, decoupledLossOnWasm } from './wasm';

/** student [R, V], teacher [R, V], temperature [1], gold [R] int32 (-1: none), weights [R] -> losses [2, R], stats [R, 3]. */
export const decoupledLossKernel: FusedKernel = {
  name: 'StillroomDecoupledLoss',
  outputs: ({ student: [rows] }) => [
    [2, rows],
    [rows, 3],
  ],
  reference: decoupledLossReference,
  gpu: (...of) => [decoupledLossProgram(...of)],
  wasm: decoupledLossOnWasm,
};

/** dlosses [2, R], the inputs of the losses and their stats [R, 3] -> dstudent [R, V]. */
export const decoupledLossGradientKernel: FusedKernel = {
  name: 'StillroomDecoupledLossGradient',
  outputs: ({ student }) => [student],
  reference: decoupledLossGradientReference,
  gpu: (...of) => [decoupledLossGradientProgram(...of)],
  wasm: decoupledLossGradientOnWasm,
};
