/** What runs came to, once they have ended; of those on a task the figures are kept for the table of tasks. */
import { create } from 'zustand';
import { importAgain } from '../util/importAgain';
import { resultOf, type ShownRun } from './taskResult';

/** How many were kept on this page, so that a table in sight is read again. */
export const useResultsKept = create<{ count: number }>()(() => ({ count: 0 }));

/** The run on screen that ended last. */
export const useEndedRun = create<{ run: ShownRun | null }>()(() => ({ run: null }));

/** Where nothing can be kept the table stays as it was; that this is so has been told of the run. */
export async function keepResult(run: ShownRun): Promise<void> {
  useEndedRun.setState({ run });
  try {
    const result = resultOf(run, Date.now());
    if (!result) return;
    const { saveTaskResult } = await importAgain(() => import('./schemas'));
    await saveTaskResult(result);
    useResultsKept.setState(({ count }) => ({ count: count + 1 }));
  } catch {
    // See above.
  }
}
