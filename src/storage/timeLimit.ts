/** Browsers' storage can fall silent for good, a known fault: nothing waits for it longer than this. */
import { ProblemError } from '../config/problems';

/** Milliseconds for most calls, for those that read or write weights or a text, and to bring an older database up to date. */
export const limits = { usual: 3000, weights: 10_000, upgrade: 60_000 };

/**
 * What `work` resolves with, if it does so in time; `isExtended` is asked once the time is up and may grant the limit of
 * an upgrade.
 * @throws ProblemError storageSilent once the time is up
 */
export function inTime<T>(work: Promise<T>, limit: number, isExtended = () => false): Promise<T> {
  return new Promise((resolve, reject) => {
    const silent = () => reject(new ProblemError('storageSilent'));
    let timer = setTimeout(() => {
      if (isExtended()) timer = setTimeout(silent, limits.upgrade - limit);
      else silent();
    }, limit);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
