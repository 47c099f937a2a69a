/** The layer norm and its gradient on tfjs's WASM heap; the arithmetic is in layerNorm.as.ts. */
import type { FusedKernel } from '../kernel';
import type { LayerNormAttributes } from './reference';

export const layerNormOnWasm: FusedKernel<LayerNormAttributes>['wasm'] = (
  calls,
  { x, gain, bias },
  [y, moments],
  { x: [rows, d] },
  { epsilon },
) => calls.ranged('layerNorm', { count: rows, work: rows * d }, x, gain, bias, y, moments, d, epsilon);

export const layerNormGradientOnWasm: FusedKernel['wasm'] = (
  calls,
  { dy, x, gain, moments },
  [dx, dgain, dbias],
  { x: [rows, d] },
) => {
  const work = rows * d;
  calls.ranged('layerNormGradient', { count: rows, work }, dy, x, gain, moments, dx, d);
  // In lines of the cache, so that no two threads write to one.
  calls.ranged('layerNormSums', { count: d, step: 16, work }, dy, x, moments, dgain, dbias, rows, d);
};
