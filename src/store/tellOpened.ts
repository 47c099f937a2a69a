import type { Opened } from '../protocol/messages';
import type { Notices } from './notices';

/** Above this share of characters lost to [UNK], a text is not read in silence. */
const worthTelling = 0.01;

/** What a person should know of a run that has just been opened. */
export function tellOpened({ tell }: Notices, { dropped, setAside, resumed, status, text }: Opened) {
  if (text.unknownShare > worthTelling) {
    const values = { percent: Math.round(100 * text.unknownShare) };
    tell({ tone: 'warning', message: { key: 'charactersLost', values }, about: 'run' });
  }
  if (dropped) tell({ tone: 'warning', message: { key: 'dropped' }, about: 'run' });
  if (setAside) tell({ tone: 'warning', problem: setAside });
  if (!resumed || status.step === 0) return;
  tell({ tone: 'info', message: { key: 'resumed', values: { step: status.step } }, about: 'run' });
}

/** That a changed experiment had the run begin again: from step 0, or from the end of a stage. */
export function tellRestart({ tell }: Notices, step: number) {
  const message = step === 0 ? { key: 'restarted' } : { key: 'restartedAt', values: { step } };
  tell({ tone: 'info', message, about: 'run' });
}
