import { bounds } from './bounds';
import { ProblemError } from './problems';

/**
 * The seeds of `--seeds 1,2,3`, in their order.
 * @throws ProblemError seedsEmpty, seedNotWhole, seedRepeated, seedsTooMany
 */
export function readSeedList(text: string): number[] {
  if (text.trim() === '') throw new ProblemError('seedsEmpty');
  const seeds = text.split(',').map((part) => readSeed(part.trim()));
  const repeated = seeds.find((seed, i) => seeds.indexOf(seed) !== i);
  // A run that counts twice would make chance look smaller than it is.
  if (repeated !== undefined) throw new ProblemError('seedRepeated', { seed: repeated });
  const most = bounds.seeds.max;
  if (seeds.length > most) throw new ProblemError('seedsTooMany', { seeds: seeds.length, most });
  return seeds;
}

/** Digits alone, as for `--seed`. */
function readSeed(text: string): number {
  const most = bounds.seed.max;
  if (!/^\d+$/.test(text) || Number(text) > most) {
    throw new ProblemError('seedNotWhole', { seed: text, most });
  }
  return Number(text);
}
