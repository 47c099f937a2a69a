import type { FusedKernel } from '../kernel';
import { geluGradientPrograms, matMulPrograms } from './program';
import { geluGradientReference, type MatMulAttributes, matMulOutputs, matMulReference } from './reference';
import { geluGradientOnWasm, matMulOnWasm } from './wasm';

/** The matrix product of linear layers, with bias, activation and residual. `MatMulAttributes` says what it computes. */
export const matMulKernel: FusedKernel<MatMulAttributes> = {
  name: 'StillroomMatMul',
  outputs: matMulOutputs,
  reference: matMulReference,
  gpu: matMulPrograms,
  wasm: matMulOnWasm,
};

/** dy, preactivation -> dy ∘ gelu'(preactivation), any shape. */
export const geluGradientKernel: FusedKernel = {
  name: 'StillroomGeluGradient',
  outputs: ({ dy }) => [dy],
  reference: (inputs, _shapes, _attributes, outputs) => geluGradientReference(inputs, outputs),
  gpu: geluGradientPrograms,
  wasm: geluGradientOnWasm,
};
