/** What the page knows of runs over seeds: those that are done, those that wait, and the one that trains in the background. */
import { create } from 'zustand';
import type { Problem } from '../config/problems';
import type { Opening } from '../protocol/messages';
import type { SeedRun } from '../storage/seedRuns';

export interface SeedsState {
  /** In the order in which they were asked for. */
  runs: readonly SeedRun[];
  /** True once what is kept has been read. */
  isRead: boolean;
  /** The run that trains; `opening`: what goes before its first update, null after that. */
  now: { id: string; step: number; opening: Opening['stage'] | null } | null;
  /** True while it rests, since the run on screen needs the machine. */
  resting: boolean;
  /** True where it goes on, slowly, while the run on screen plays. */
  beside: boolean;
  /** True while another tab does what waits. */
  elsewhere: boolean;
  /** Why nothing goes on, or something is not kept. */
  problem: Problem | null;
}

export const useSeedsState = create<SeedsState>()(() => ({
  runs: [],
  isRead: false,
  now: null,
  resting: false,
  beside: false,
  elsewhere: false,
  problem: null,
}));

/** A point of a band: the mean of a figure over seeds, and its interval; null where there is none. */
export interface BandPoint {
  x: number;
  /** Counted from 0. */
  stage: number;
  mean: number;
  low: number | null;
  high: number | null;
}

/** By measure, then by arm: KL and loss in nats, right in per cent. */
export interface SeedBands {
  seeds: number;
  measures: Record<'kl' | 'loss' | 'right', Record<string, BandPoint[]>>;
}

/** Bands of the experiment on screen; null where fewer than two seeds are done. */
export const useSeedBands = create<{ bands: SeedBands | null }>()(() => ({ bands: null }));
