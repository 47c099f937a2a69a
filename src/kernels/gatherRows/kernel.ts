import type { FusedKernel } from '../kernel';
import { segmentSumPrograms } from './program';
import { segmentSumReference } from './reference';
import { segmentSumOnWasm } from './wasm';

/** values [N, d], order [N] int32, offsets [R + 1] int32 -> [R, d]. */
export const segmentSumKernel: FusedKernel = {
  name: 'StillroomSegmentSum',
  outputs: ({ values, offsets }) => [[offsets[0] - 1, values[1]]],
  reference: segmentSumReference,
  gpu: segmentSumPrograms,
  wasm: segmentSumOnWasm,
};
