/** The dialogs, for whoever opens one: they load when they are first shown. */
import { type ComponentType, Suspense } from 'react';
import { lazyChunk } from './lazyChunk';

type Dialogs = typeof import('./panels/everyDialog');

function lazily<P extends object>(pick: (dialogs: Dialogs) => ComponentType<P>) {
  const Dialog = lazyChunk(async () => pick(await import('./panels/everyDialog')));
  return (props: P) => (
    <Suspense>
      <Dialog {...props} />
    </Suspense>
  );
}

export const ComputedDialog = lazily((dialogs) => dialogs.ComputedDialog);
export const KeptDialog = lazily((dialogs) => dialogs.KeptDialog);
export const SpeedDialog = lazily((dialogs) => dialogs.SpeedDialog);
export const TeacherDialog = lazily((dialogs) => dialogs.TeacherDialog);
export const TextDialog = lazily((dialogs) => dialogs.TextDialog);
export const TokenizerView = lazily((dialogs) => dialogs.TokenizerView);
