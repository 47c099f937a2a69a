/** The layer norm and its gradient on tfjs's WASM heap; the arithmetic is in layerNorm.as.ts. */
import type { FusedKernel } from '../kernel';

export const layerNormOnWasm: FusedKernel['wasm'] = (module, at, [y], { x: [rows, d] }, { epsilon }) =>
  module.layerNorm(at.x, at.gain, at.bias, y, rows, d, Number(epsilon));

export const layerNormGradientOnWasm: FusedKernel['wasm'] = (
  module,
  at,
  [dx, dgain, dbias],
  { x: [rows, d] },
  { epsilon },
) => module.layerNormGradient(at.dy, at.x, at.gain, dx, dgain, dbias, rows, d, Number(epsilon));
