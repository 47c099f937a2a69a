/** What a run has come to, for whoever takes it up. */
import type { Experiment } from '../config/experiment';
import type { Recording } from '../config/recording';
import type { Reached, RunHistory } from '../config/results';
import type { Snapshot } from '../train/snapshot';

/** A run at one step, from which it goes on exactly. */
export interface Kept {
  snapshot: Snapshot;
  experiment: Experiment;
  history: RunHistory;
  sentence: string;
}

/** What another run came to as the beginning of this one. */
export interface Beginning {
  /** Null: the state of step 0. */
  kept: Kept | null;
  /** With the numbers that it has there. */
  experiment: Experiment;
  /** Of the run that it was part of. */
  fingerprint: string;
  /** What is done again before the run rests; null: nothing. */
  redo: Omit<Reached, 'birth'> | null;
  /** Steps on the way to it whose states may be on disk under this run's name. */
  checkpoints?: number[];
  /** What that had recorded by then; null where nothing is left of it. */
  recording: Recording | null;
}
