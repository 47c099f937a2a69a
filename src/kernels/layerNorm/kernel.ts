import type { FusedKernel } from '../kernel';
import { layerNormGradientPrograms, layerNormPrograms } from './program';
import { type LayerNormAttributes, layerNormGradientReference, layerNormReference } from './reference';
import { layerNormGradientOnWasm, layerNormOnWasm } from './wasm';

/** x [R, d], gain [d], bias [d] -> y [R, d], and each row's mean and 1/√(variance + ε) [R, 2] for the gradient. */
export const layerNormKernel: FusedKernel<LayerNormAttributes> = {
  name: 'StillroomLayerNorm',
  outputs: ({ x }) => [x, [x[0], 2]],
  reference: layerNormReference,
  gpu: layerNormPrograms,
  wasm: layerNormOnWasm,
};

/** dy [R, d], x [R, d], gain [d], moments [R, 2] -> dx [R, d], dgain [d], dbias [d]. */
export const layerNormGradientKernel: FusedKernel = {
  name: 'StillroomLayerNormGradient',
  outputs: ({ x, gain }) => [x, gain, gain],
  reference: layerNormGradientReference,
  gpu: layerNormGradientPrograms,
  wasm: layerNormGradientOnWasm,
};
