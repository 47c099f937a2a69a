/**
 * What loads when it is first shown, for whoever shows it: dialogs and editors. This module comes with
 * the page, so that a part that loads later needs nothing else that does.
 */
import { type ComponentType, Suspense } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { importAgain } from '../util/importAgain';
import { Missing } from './controls/Missing';
import { lazyChunk, useGeneration } from './lazyChunk';

// Panels and dialogs both need it, and neither may need a chunk of the other's: it comes with the page.
export { SaveFigure } from './figures/SaveFigure';

type Dialogs = typeof import('./panels/everyDialog');

const load = () => import('./panels/everyDialog');

/** Loads them ahead of a press that is likely to come. Where that fails the press asks again. */
export const loadDialogs = () => void importAgain(load).catch(() => {});

const part = <P extends object>(pick: (dialogs: Dialogs) => ComponentType<P>) =>
  lazyChunk(async () => pick(await load()));

/** What lies over the page and can be closed: where it does not come, a word in its place has the page go on. */
function lazily<P extends { onClose: () => void }>(pick: (dialogs: Dialogs) => ComponentType<P>) {
  const Dialog = part(pick);
  return function LazyDialog(props: P) {
    return (
      <ErrorBoundary
        resetKeys={[useGeneration()]}
        fallbackRender={({ error }) => <Missing error={error} onClose={props.onClose} />}
      >
        <Suspense>
          <Dialog {...props} />
        </Suspense>
      </ErrorBoundary>
    );
  };
}

/** Stands in a place of its own, which says what is to be seen while it loads and where that fails. */
export const StageList = part((dialogs) => dialogs.StageList);
/** Add to what the losses and the scoreboard say; without them those stand as they are. */
export const SeedBands = part((dialogs) => dialogs.SeedBands);
export const SeedsSection = part((dialogs) => dialogs.SeedsSection);
export const RowEditor = part((dialogs) => dialogs.RowEditor);

export const AugmentationDialog = lazily((dialogs) => dialogs.AugmentationDialog);
export const CalibrationDialog = lazily((dialogs) => dialogs.CalibrationDialog);
export const ComputedDialog = lazily((dialogs) => dialogs.ComputedDialog);
export const ConventionsDialog = lazily((dialogs) => dialogs.ConventionsDialog);
export const CostDialog = lazily((dialogs) => dialogs.CostDialog);
export const ExperimentDrawer = lazily((dialogs) => dialogs.ExperimentDrawer);
export const ForkDialog = lazily((dialogs) => dialogs.ForkDialog);
export const HeldOutDialog = lazily((dialogs) => dialogs.HeldOutDialog);
export const KeptDialog = lazily((dialogs) => dialogs.KeptDialog);
export const LedgerDialog = lazily((dialogs) => dialogs.LedgerDialog);
export const MicroscopeDialog = lazily((dialogs) => dialogs.MicroscopeDialog);
export const LearnedDialog = lazily((dialogs) => dialogs.LearnedDialog);
export const PlayQuestion = lazily((dialogs) => dialogs.PlayQuestion);
export const RowsDialog = lazily((dialogs) => dialogs.RowsDialog);
export const SaveModelsDialog = lazily((dialogs) => dialogs.SaveModelsDialog);
export const SeedsDialog = lazily((dialogs) => dialogs.SeedsDialog);
export const SpeedDialog = lazily((dialogs) => dialogs.SpeedDialog);
export const TaskTableDialog = lazily((dialogs) => dialogs.TaskTableDialog);
export const TeacherDialog = lazily((dialogs) => dialogs.TeacherDialog);
export const TextDialog = lazily((dialogs) => dialogs.TextDialog);
export const TokenizerView = lazily((dialogs) => dialogs.TokenizerView);
export const VectorsDialog = lazily((dialogs) => dialogs.VectorsDialog);
export const WiringDialog = lazily((dialogs) => dialogs.WiringDialog);
