/**
 * What somebody has in hand in the experiment: it outlives the panel, which goes from a column into a drawer and back where a
 * window changes its width.
 */
import { create } from 'zustand';
import type { RowName } from './changedRows';

interface InHand {
  /** The line that is open. */
  open: RowName | null;
  /** The stage, counted from 0, that was chosen, and the preset it was chosen in; null: the one that runs. */
  chosen: { preset: string; stage: number } | null;
  /** Id of the chosen arm. */
  arm: string | null;
}

export const useInHand = create<InHand>()(() => ({ open: null, chosen: null, arm: null }));
