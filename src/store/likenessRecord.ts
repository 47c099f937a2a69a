/** How alike layers were over the steps of a run, as far as somebody looked. It lives as long as the page. */
import type { LikenessPoint } from '../config/likeness';
import { pointsUpTo, withPointOfRun } from './pointsOfRun';

export interface LikenessRecord {
  /** Of the run that is open, in the order of their steps. */
  points: readonly LikenessPoint[];
  /** The last of the run before it; null where nobody looked at one. */
  earlier: LikenessPoint | null;
}

export const noLikeness: LikenessRecord = { points: [], earlier: null };

/** The record with another point, in place of one of the same step where there is one. */
export const withLikeness = ({ points, earlier }: LikenessRecord, point: LikenessPoint): LikenessRecord => ({
  points: withPointOfRun(points, point),
  earlier,
});

/** Without what came after `step` in `stage`. */
export const likenessUpTo = (
  { points, earlier }: LikenessRecord,
  step: number,
  stage: number,
): LikenessRecord => ({
  points: pointsUpTo(points, step, stage),
  earlier,
});

/** Before anything is known of the next run. */
export const ofNextRun = ({ points, earlier }: LikenessRecord): LikenessRecord => ({
  points: [],
  earlier: points[points.length - 1] ?? earlier,
});
