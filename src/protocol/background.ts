/** What the page and its worker in the background say to each other: whole runs, one at a time, without a screen. */
import type { Experiment } from '../config/experiment';
import type { Problem } from '../config/problems';
import type { BackendName, EvaluationPoint } from '../config/results';
import type { Opening } from './messages';

/** `full`: as fast as it goes; `beside`: in a small share of the time; `rest`: not at all. */
export type BackgroundPace = 'full' | 'beside' | 'rest';

/**
 * The share of the time that a run in the background takes beside the one on screen. Should that stand still all the while,
 * which is the worst that can happen to it, it keeps nine tenths of its rate.
 */
export const besideShare = 0.1;

export interface BackgroundJob {
  /** A name that its answers bear. */
  id: string;
  experiment: Experiment;
  /** Address that texts, teachers and vectors lie beside. */
  baseUrl: string;
  /** A backend to force. */
  backend: BackendName | null;
  /** T at which students are compared with the teacher at the end; empty: at none. */
  ladder: readonly number[];
}

export type ToBackground = { kind: 'train'; job: BackgroundJob } | { kind: 'pace'; pace: BackgroundPace };

/** Figures of an evaluation without what only a screen shows. */
export type BackgroundPoint = Pick<EvaluationPoint, 'step' | 'extent' | 'stage' | 'maskedWords'> & {
  arms: Record<string, Omit<EvaluationPoint['arms'][string], 'losses' | 'attention'>>;
};

export type FromBackground =
  /** It lives. */
  | { kind: 'beat' }
  /** It may be silent for so many milliseconds from now. */
  | { kind: 'busy'; milliseconds: number }
  | { kind: 'opening'; id: string; what: Opening['stage'] }
  /** Updates done, of all stages. */
  | { kind: 'reached'; id: string; step: number }
  | { kind: 'evaluated'; id: string; point: BackgroundPoint }
  | {
      kind: 'done';
      id: string;
      backend: BackendName;
      fingerprint: string;
      /** By arm, nats, in the order of the ladder; null where nobody teaches or nothing was asked for. */
      seen: Record<string, number[]> | null;
    }
  | { kind: 'failed'; id: string; problem: Problem };
