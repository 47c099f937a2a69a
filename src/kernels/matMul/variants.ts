/** Which form of the product suits which adapter and shape. */
import type { GpuTraits } from '../backends/gpuProgram';

export interface ProductSize {
  m: number;
  n: number;
  k: number;
  transposeA: boolean;
}

/** One invocation computes a tile of rows x columns by itself, without barriers. */
export interface RegisterVariant {
  kind: 'register';
  rows: 4 | 8;
  columns: 4 | 8 | 16;
  /** Invocations in a workgroup. */
  size: number;
}

/**
 * A workgroup computes a block through shared memory: each of its invocations a tile of 4 x 4, over one of `splits` parts
 * of k, which are then added up in order.
 */
export interface SharedVariant {
  kind: 'shared';
  /** Tiles of 4 x 4 in a block, down and across. */
  tilesDown: number;
  tilesAcross: number;
  splits: number;
}

export type MatMulVariant = RegisterVariant | SharedVariant;

export function variantFor({ m, n, k }: ProductSize, { software }: GpuTraits): MatMulVariant {
  if (software) {
    // Two threads need several workgroups each, and a small result has few tiles.
    const tiles = Math.ceil(m / 8) * Math.ceil(n / 16);
    return { kind: 'register', rows: 8, columns: tiles >= 64 ? 16 : 8, size: tiles >= 256 ? 8 : 4 };
  }
  if (Math.ceil(m / 64) * Math.ceil(n / 64) >= 64) {
    return { kind: 'shared', tilesDown: 16, tilesAcross: 16, splits: 1 };
  }
  const splits = k >= 256 ? 4 : 1;
  return { kind: 'shared', tilesDown: 8, tilesAcross: 8, splits };
}
