import type { Problem } from '../config/problems';

/**
 * What the `error` event of the page's worker means. Where its script did not arrive or is forbidden, the event has no
 * message; where it was thrown, it has.
 * @param opened whether the worker has ever answered an opening
 * @param step updates done, as far as the page knows
 */
export function problemOfDeath(event: Event, opened: boolean, step: number): Problem {
  const message = 'message' in event ? String(event.message ?? '') : '';
  if (opened) return { code: 'workerDied', values: { step } };
  return message ? { code: 'unexpected', values: { message } } : { code: 'workerNotLoaded' };
}

const spoiling: string[] = [
  'workerDied',
  'workerNotLoaded',
  'outOfMemory',
  'unexpected',
  'deviceLost',
  'deviceGone',
];

/** True for problems after which a worker is not to be trusted any more. */
export const isSpoiling = ({ code }: Problem): boolean => spoiling.includes(code);
