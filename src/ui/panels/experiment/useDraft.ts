import { useMemo } from 'react';
import type { Arm } from '../../../config/experiment';
import { type Drafted, type DraftState, drafted } from '../../../store/draft';
import { useDraftStore } from '../../../store/useDraftStore';
import { usePlayground } from '../../../store/usePlayground';

/** What an editor is given: the experiment as drafted, and the ways to change it. */
export interface Draft extends Drafted, Pick<DraftState, 'edit' | 'setNumber' | 'apply' | 'discard'> {
  /** True while changes are not applied, for a moment or until somebody says so. */
  pending: boolean;
  /** True where a number of the arm acts on the next step: it is in the run, and the run goes on. */
  isLive(arm?: Arm): boolean;
}

export function useDraft(): Draft {
  const draft = useDraftStore();
  const phase = usePlayground((playground) => playground.phase);
  const experiment = usePlayground((playground) => playground.experiment);
  const opened = usePlayground((playground) => playground.opened);
  const running = usePlayground(({ status }) => status.step > 0 && status.state !== 'finished');
  // Only whether there are steps matters, and not at which one the run is.
  const step = usePlayground(({ status }) => Math.min(1, status.step));
  const state = usePlayground(({ status }) => status.state);
  const { pending } = draft;
  const now = useMemo(
    () => drafted(pending, { phase, experiment, opened, status: { step, state } }),
    [pending, phase, experiment, opened, step, state],
  );
  return {
    ...draft,
    ...now,
    // What opens at the moment takes the changes in as soon as it is there, unless it brings a run back.
    waits: now.waits && (phase !== 'opening' || now.problems.length > 0),
    pending: pending !== null,
    isLive: (arm) => running && (!arm || experiment.arms.some(({ id }) => id === arm.id)),
  };
}
