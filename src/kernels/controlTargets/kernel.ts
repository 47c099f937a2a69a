import type { FusedKernel } from '../kernel';
import { controlTargetsProgram, shuffledTargetsProgram, topTargetsProgram } from './program';
import {
  type ControlTargetsAttributes,
  controlTargetsReference,
  shuffledTargetsReference,
  topTargetsReference,
} from './reference';
import { controlTargetsOnWasm, shuffledTargetsOnWasm, topTargetsOnWasm } from './wasm';

/** teacher [R, V], temperature [1], gold [R] int32 (-1: none) -> [R, V]. */
export const controlTargetsKernel: FusedKernel<ControlTargetsAttributes> = {
  name: 'StillroomControlTargets',
  outputs: ({ teacher }) => [teacher],
  reference: controlTargetsReference,
  gpu: (...of) => [controlTargetsProgram(...of)],
  wasm: controlTargetsOnWasm,
};

/** teacher [R, V], permutation [V] int32, gold [R] int32 (-1: none), goldPreimages [R] int32 -> [R, V]. */
export const shuffledTargetsKernel: FusedKernel = {
  name: 'StillroomShuffledTargets',
  outputs: ({ teacher }) => [teacher],
  reference: shuffledTargetsReference,
  gpu: (...of) => [shuffledTargetsProgram(...of)],
  wasm: shuffledTargetsOnWasm,
};

/** teacher [R, V], count [1] -> [R, V]. */
export const topTargetsKernel: FusedKernel = {
  name: 'StillroomTopTargets',
  outputs: ({ teacher }) => [teacher],
  reference: topTargetsReference,
  gpu: (...of) => [topTargetsProgram(...of)],
  wasm: topTargetsOnWasm,
};
