import type { FusedKernel } from '../kernel';
import { layerNormGradientPrograms, layerNormPrograms } from './program';
import { type LayerNormAttributes, layerNormGradientReference, layerNormReference } from './reference';
import { layerNormGradientOnWasm, layerNormOnWasm } from './wasm';

/** x [R, d], gain [d], bias [d] -> [R, d]. */
export const layerNormKernel: FusedKernel<LayerNormAttributes> = {
  name: 'StillroomLayerNorm',
  outputs: ({ x }) => [x],
  reference: layerNormReference,
  gpu: layerNormPrograms,
  wasm: layerNormOnWasm,
};

/** dy [R, d], x [R, d], gain [d] -> dx [R, d], dgain [d], dbias [d]. */
export const layerNormGradientKernel: FusedKernel<LayerNormAttributes> = {
  name: 'StillroomLayerNormGradient',
  outputs: ({ x, gain }) => [x, gain, gain],
  reference: layerNormGradientReference,
  gpu: layerNormGradientPrograms,
  wasm: layerNormGradientOnWasm,
};
