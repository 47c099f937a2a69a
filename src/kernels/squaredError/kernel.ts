import type { FusedKernel } from '../kernel';
import { squaredErrorGradientPrograms, squaredErrorPrograms } from './program';
import { squaredErrorGradientReference, squaredErrorReference } from './reference';
import { squaredErrorGradientOnWasm, squaredErrorOnWasm } from './wasm';

/** a [R, C], b? [R, C], mask? [B, C] -> [R]. */
export const squaredErrorKernel: FusedKernel = {
  name: 'StillroomSquaredError',
  outputs: ({ a }) => [[a[0]]],
  reference: squaredErrorReference,
  gpu: squaredErrorPrograms,
  wasm: squaredErrorOnWasm,
};

/** drows [R], a [R, C], b? [R, C], mask? [B, C] -> da [R, C]. */
export const squaredErrorGradientKernel: FusedKernel = {
  name: 'StillroomSquaredErrorGradient',
  outputs: ({ a }) => [a],
  reference: squaredErrorGradientReference,
  gpu: squaredErrorGradientPrograms,
  wasm: squaredErrorGradientOnWasm,
};
