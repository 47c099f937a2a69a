/** The layer norm and its gradient on tfjs's WASM heap; the arithmetic is in layerNorm.as.ts. */
import type { FusedKernel } from '../kernel';
import type { LayerNormAttributes } from './reference';

export const layerNormOnWasm: FusedKernel<LayerNormAttributes>['wasm'] = (
  module,
  at,
  [y, moments],
  { x: [rows, d] },
  { epsilon },
) => module.layerNorm(at.x, at.gain, at.bias, y, moments, rows, d, epsilon);

export const layerNormGradientOnWasm: FusedKernel['wasm'] = (
  module,
  at,
  [dx, dgain, dbias],
  { x: [rows, d] },
) => module.layerNormGradient(at.dy, at.x, at.gain, at.moments, dx, dgain, dbias, rows, d);
