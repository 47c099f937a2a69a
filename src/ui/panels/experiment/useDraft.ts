import { useMemo } from 'react';
import type { Arm, Experiment } from '../../../config/experiment';
import { stageCount } from '../../../config/stages';
import { type Drafted, type DraftState, drafted, liveStage, type PendingChange } from '../../../store/draft';
import { stageOf } from '../../../store/stage';
import { inStage } from '../../../store/stageEdits';
import { useDraftStore } from '../../../store/useDraftStore';
import { usePlayground } from '../../../store/usePlayground';

/** What an editor is given: one stage of the experiment as drafted, as an experiment of its own, and the ways to change it. */
export interface Draft extends Drafted, Pick<DraftState, 'arrange' | 'apply' | 'discard'> {
  /** The stage, counted from 0, and the experiment with all of them. */
  stage: number;
  whole: Experiment;
  /** Null: the experiment is as it runs. */
  changes: PendingChange | null;
  /** True while changes are not applied, for a moment or until somebody says so. */
  pending: boolean;
  /** A change of this stage, of which what stages share is changed for all of them. */
  edit(change: (experiment: Experiment) => Experiment): void;
  /** A change of the experiment as a whole. */
  editAll: DraftState['edit'];
  /** As `DraftState` has it, in this stage. */
  setNumber(arm: Arm | null, own: string, value: number): void;
  /**
   * Where numbers of the arm act without another run, which they are part of: on the `next` step, or `later`, once their stage
   * comes. Null elsewhere.
   */
  acts(arm?: Arm): 'next' | 'later' | null;
}

/** @param wanted the stage, counted from 0; the last one where there are fewer */
export function useDraft(wanted = 0): Draft {
  const draft = useDraftStore();
  const phase = usePlayground((playground) => playground.phase);
  const mayReturn = usePlayground((playground) => playground.mayReturn);
  const experiment = usePlayground((playground) => playground.experiment);
  const opened = usePlayground((playground) => playground.opened);
  const running = usePlayground(({ status }) => status.step > 0 && status.state !== 'finished');
  // Only whether there are steps matters, and not at which one the run is.
  const step = usePlayground(({ status }) => Math.min(1, status.step));
  const state = usePlayground(({ status }) => status.state);
  const runs = usePlayground(({ status }) => status.stage ?? 0);
  const { pending } = draft;
  const now = useMemo(
    () => drafted(pending, { phase, mayReturn, experiment, opened, status: { step, state, stage: runs } }),
    [pending, phase, mayReturn, experiment, opened, step, state, runs],
  );
  const whole = now.experiment;
  const stage = Math.min(wanted, stageCount(whole) - 1);
  const live = liveStage(pending, { status: { stage: runs } }, stage);
  return {
    ...draft,
    ...now,
    experiment: stageOf(whole, stage),
    whole,
    stage,
    changes: pending,
    edit: (change) => draft.edit((before) => inStage(before, stage, change)),
    editAll: draft.edit,
    setNumber: (arm, own, value) => draft.setNumber(arm, own, value, stage),
    // What opens at the moment takes the changes in as soon as it is there, unless it brings a run back.
    waits: now.waits && (phase !== 'opening' || now.problems.length > 0),
    pending: pending !== null,
    acts: (arm) => {
      const isPart = running && (!arm || experiment.arms.some(({ id }) => id === arm.id));
      if (!isPart || live === null) return null;
      return live > runs ? 'later' : 'next';
    },
  };
}
