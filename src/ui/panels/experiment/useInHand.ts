/**
 * What somebody has in hand in the experiment: it outlives the panel, which goes from a column into a drawer and back where a
 * window changes its width.
 */
import { useState } from 'react';
import type { RowName } from './changedRows';

interface InHand {
  /** The line that is open. */
  open: RowName | null;
  /** The stage, counted from 0, that was chosen, and the preset it was chosen in; null: the one that runs. */
  chosen: { preset: string; stage: number } | null;
  /** Id of the chosen arm. */
  arm: string | null;
}

const inHand: InHand = { open: null, chosen: null, arm: null };

/** As `useState`, which unlike a store can change in a transition; it begins with what the panel before had. */
export function useInHand<K extends keyof InHand>(key: K) {
  const [value, setValue] = useState(inHand[key]);
  const set = (next: InHand[K]) => {
    inHand[key] = next;
    setValue(next);
  };
  return [value, set] as const;
}
