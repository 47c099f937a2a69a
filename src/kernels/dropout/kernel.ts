import type { FusedKernel } from '../kernel';
import { dropoutPrograms } from './program';
import { type DropoutAttributes, dropoutReference } from './reference';
import { dropoutOnWasm } from './wasm';

/** seed [1] int32, x?, residual? of one shape -> x ∘ f + residual, or the factors f [count] where there is no x. */
export const dropoutKernel: FusedKernel<DropoutAttributes> = {
  name: 'StillroomDropout',
  outputs: ({ x }, { count }) => [x ?? [count]],
  reference: dropoutReference,
  gpu: dropoutPrograms,
  wasm: dropoutOnWasm,
};
