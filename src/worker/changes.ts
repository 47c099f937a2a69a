/** Live numbers as they are set, and as they were. */
import type { NumberChange } from '../config/results';

/** The changes from a step on, as of `last` where they are later. */
export const changesFrom = (changes: readonly NumberChange[], step: number, last: number): NumberChange[] =>
  changes
    .filter((change) => change.step >= step)
    .map((change) => ({ ...change, step: Math.min(change.step, last) }));
