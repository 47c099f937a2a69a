/** Which forms of matrix products a GPU runs fastest: measured once, kept, and stored with a run. */
import { z } from '../../config/zod';
import { timePrograms } from '../../kernels/backends/timePrograms';
import {
  type MatMulVariants,
  measureVariants,
  setMatMulVariants,
  type TimePrograms,
} from '../../kernels/matMul/variants';

/** The forms of products, by the shape of the product. */
export type Tuning = MatMulVariants;

/** Where tunings are kept, by the GPU's description. */
export interface TuningStore {
  load: (gpu: string) => Promise<unknown>;
  save: (gpu: string, tuning: Tuning) => Promise<void>;
}

const tile = z.tuple([z.number().int().positive(), z.number().int().positive()]);
const variant = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('register'), tile, threads: z.number().int(), quads: z.boolean() }),
  z.strictObject({ kind: z.literal('shared'), tile, part: tile, step: z.number().int() }),
  z.strictObject({ kind: z.literal('splitK'), tile, slices: z.number().int() }),
]);
const schema = z.strictObject({ deep: variant, small: variant, large: variant });

/** A kept tuning; null for none, and for one of an older version. */
export function readTuning(kept: unknown): Tuning | null {
  const parsed = schema.safeParse(kept);
  return parsed.success ? parsed.data : null;
}

/**
 * The tuning of the current device, measured unless it is known. A browser that keeps nothing measures each time.
 * @throws DeviceLost while measuring; nothing is kept then
 */
export async function tuningOf(
  gpu: string,
  store: TuningStore | null,
  time: TimePrograms = timePrograms,
): Promise<Tuning> {
  const known = readTuning(await store?.load(gpu).catch(() => null));
  if (known) return known;
  const measured = await measureVariants(time);
  await store?.save(gpu, measured).catch(() => {});
  return measured;
}

/** Takes a tuning for whatever is recorded or run from now on; null for the usual forms. */
export const applyTuning = (tuning: Tuning | null) => setMatMulVariants(tuning);
