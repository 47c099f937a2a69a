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

/** Rows are summed in so many blocks at most, whatever threads there are: their number decides how sums are rounded. */
const mostBlocks = 16;

export const layerNormGradientOnWasm: FusedKernel['wasm'] = (
  calls,
  { dy, x, gain, moments },
  [dx, dgain, dbias],
  { x: [rows, d] },
) => {
  const rowsPerBlock = Math.ceil(rows / mostBlocks);
  const blocks = Math.ceil(rows / rowsPerBlock);
  calls.withRoom(8 * blocks * d, (gainParts) => {
    const biasParts = gainParts + 4 * blocks * d;
    const parameters = [dy, x, gain, moments, dx, gainParts, biasParts, rows, rowsPerBlock, d] as const;
    calls.ranged('layerNormGradient', { count: blocks, work: 2 * rows * d }, ...parameters);
    calls.whole.columnSums(gainParts, dgain, blocks, d);
    calls.whole.columnSums(biasParts, dbias, blocks, d);
  });
};
