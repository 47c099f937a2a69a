import type { RunStatus } from '../config/results';
import type { PlaygroundState } from '../store/state';

/** A step that takes this long is waited for, in seconds. */
const long = 2;

/**
 * What the status says of steps that take seconds: how long one will take, and, while one runs, for how long it has.
 * Null where steps are quick, or nothing is known of them yet.
 *
 * @param seconds whole seconds since the last step was done, while the run plays
 */
export function longStep(
  { state, stepsPerSecond }: RunStatus,
  pace: NonNullable<PlaygroundState['pace']> | null,
  seconds: number,
): { key: 'about' | 'each' | 'of' | 'over' | 'since'; elapsed: number; of: number | null } | null {
  const measured = stepsPerSecond ? 1 / stepsPerSecond : null;
  const of = pace?.secondsPerStep ?? measured;
  const each = of !== null && of >= long;
  if (state !== 'playing') {
    if (!each || state === 'finished') return null;
    return { key: pace?.estimated === false ? 'each' : 'about', elapsed: 0, of };
  }
  // What was thought quick, or not thought of at all, can be long too.
  if (of === null || !each) return seconds > long ? { key: 'since', elapsed: seconds, of } : null;
  if (seconds === 0) return { key: pace?.estimated === false || !pace ? 'each' : 'about', elapsed: 0, of };
  return { key: seconds > 1.5 * of ? 'over' : 'of', elapsed: seconds, of };
}
