/** Which program computes which product: a table by shape, from experience or from a measurement on this machine. */
import { DeviceLost } from '../backends/errors';
import type { GpuProgram, GpuTraits } from '../backends/gpuProgram';
import type { Shape, Shapes } from '../kernel';
import { type Plan, planOf } from './plan';
import { type MatMulAttributes, type MatMulSizes, matMulDefaults, matMulOutputs } from './reference';
import { type RegisterTiles, registerTiles } from './registerTiles';
import { type SharedTiles, sharedTiles } from './sharedTiles';
import { type SplitK, splitK } from './splitK';

export type Variant = RegisterTiles | SharedTiles | SplitK;

/** By the shape of a product: few results of a long k, few results, many. */
export type MatMulVariants = Record<'deep' | 'small' | 'large', Variant>;

export function programOf(plan: Plan, variant: Variant): GpuProgram {
  switch (variant.kind) {
    case 'register':
      return registerTiles(plan, variant);
    case 'shared':
      return sharedTiles(plan, variant);
    case 'splitK':
      return splitK(plan, variant);
  }
}

/** Small products leave most of a GPU idle, and then it pays to divide k as well. */
export function sizeClass({ m, n, k }: MatMulSizes): keyof MatMulVariants {
  if (m * n <= 65536 && k >= 256) return 'deep';
  return m * n < 262144 ? 'small' : 'large';
}

const shared = (tile: number, part: number): SharedTiles => ({
  kind: 'shared',
  tile: [tile, tile],
  part: [part, part],
  step: 16,
});
const split = (tile: number, slices: number): SplitK => ({ kind: 'splitK', tile: [tile, tile], slices });

/** What is tried on a real GPU, the likeliest first. */
export const candidates: Record<keyof MatMulVariants, Variant[]> = {
  deep: [split(16, 16), split(32, 4)],
  small: [shared(32, 4), { kind: 'register', tile: [4, 4], threads: 64, quads: false }, split(32, 4)],
  large: [shared(64, 8), shared(64, 4), shared(32, 4)],
};

/** Quads share their loads where they can. */
const quads = (tile: [number, number], { features }: GpuTraits): RegisterTiles => ({
  kind: 'register',
  tile,
  threads: 4,
  quads: features.has('subgroups'),
});

/**
 * Without a measurement. On an emulated GPU a tile of 16 x 16 is about a sixth faster than 8 x 16 and takes twice as long
 * to compile, which only a long k makes up for.
 */
export function defaultVariants(traits: GpuTraits): MatMulVariants {
  if (traits.software) {
    const tile = quads([8, 16], traits);
    return { deep: tile.quads ? quads([16, 16], traits) : tile, small: tile, large: tile };
  }
  return { deep: candidates.deep[0], small: candidates.small[0], large: candidates.large[0] };
}

let measured: MatMulVariants | null = null;

/**
 * Takes a choice for all products to come; null goes back to the defaults. Variants differ in the order in which they
 * add, so that a run keeps the choice that it began with.
 */
export function setMatMulVariants(choice: MatMulVariants | null) {
  measured = choice;
}

/** The choice in force: plain JSON, to be kept with a run. */
export const matMulVariants = (traits: GpuTraits): MatMulVariants => measured ?? defaultVariants(traits);

/**
 * Milliseconds that the programs take, compilation aside, on buffers of these shapes (float32; inputs by name, outputs
 * as `out0`, ...).
 */
export type TimePrograms = (programs: GpuProgram[], inputs: Shapes, outputs: Shape[]) => Promise<number>;

/** One product of each class, of the sizes that people train here. */
const representatives: Record<keyof MatMulVariants, { shapes: Shapes; attributes: MatMulAttributes }> = {
  deep: {
    shapes: { a: [512, 128], b: [512, 128] },
    attributes: { ...matMulDefaults, transposeA: true, rowSums: true },
  },
  small: {
    shapes: { a: [512, 128], b: [128, 128], bias: [128] },
    attributes: { ...matMulDefaults, transposeB: true },
  },
  large: {
    shapes: { a: [512, 128], b: [2048, 128], bias: [2048] },
    attributes: { ...matMulDefaults, transposeB: true },
  },
};

/** A later candidate must be faster than an earlier one by this factor, so that noise decides nothing. */
const clearly = 0.95;

/**
 * Times the candidates for each class of shapes on this device, eight programs in all. One that doesn't run here is
 * never the fastest; where none does, the first stays.
 * @throws DeviceLost
 */
export async function measureVariants(time: TimePrograms): Promise<MatMulVariants> {
  const fastest = async (name: keyof MatMulVariants) => {
    const { shapes, attributes } = representatives[name];
    const plan = planOf(shapes, attributes);
    let best = { variant: candidates[name][0], ms: Number.POSITIVE_INFINITY };
    for (const variant of candidates[name]) {
      const outputs = matMulOutputs(shapes, attributes);
      const ms = await time([programOf(plan, variant)], shapes, outputs).catch((error) => {
        if (error instanceof DeviceLost) throw error;
        return Number.POSITIVE_INFINITY;
      });
      if (ms < clearly * best.ms) best = { variant, ms };
    }
    return best.variant;
  };
  return { deep: await fastest('deep'), small: await fastest('small'), large: await fastest('large') };
}
