import type { FusedKernel } from '../kernel';
import { accumulatePrograms, adamWPrograms, squaredNormPrograms } from './program';
import { accumulateReference, adamWReference, normParts, squaredNormReference } from './reference';
import { accumulateOnWasm, adamWOnWasm, squaredNormOnWasm } from './wasm';

/** x [P] -> [256], parts of the sum of its squares. */
export const squaredNormKernel: FusedKernel = {
  name: 'StillroomSquaredNorm',
  outputs: () => [[normParts]],
  reference: squaredNormReference,
  gpu: squaredNormPrograms,
  wasm: squaredNormOnWasm,
};

/** In place: parameters [P], moments [2, P], ring [slots, W + 1]; reads gradients, norms, decay, hyper, report. */
export const adamWKernel: FusedKernel = {
  name: 'StillroomAdamW',
  outputs: () => [],
  reference: adamWReference,
  gpu: adamWPrograms,
  wasm: adamWOnWasm,
};

/** In place: sum [n]; reads value [n], first [1]. */
export const accumulateKernel: FusedKernel = {
  name: 'StillroomAccumulate',
  outputs: () => [],
  reference: accumulateReference,
  gpu: accumulatePrograms,
  wasm: accumulateOnWasm,
};
