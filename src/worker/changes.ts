/** Live numbers as they are set, and as they were. */
import { withSettings } from '../config/compare';
import type { Experiment } from '../config/experiment';
import type { NumberChange } from '../config/results';

/** The experiment with the numbers that it had before these changes. */
export const withoutChanges = (experiment: Experiment, changes: readonly NumberChange[]): Experiment =>
  withSettings(experiment, changes.map(({ path, before }) => ({ path, value: before })).reverse());

/** The changes from a step on, as of `last` where they are later. */
export const changesFrom = (changes: readonly NumberChange[], step: number, last: number): NumberChange[] =>
  changes
    .filter((change) => change.step >= step)
    .map((change) => ({ ...change, step: Math.min(change.step, last) }));
