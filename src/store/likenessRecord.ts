/** How alike layers were over the steps of a run, as far as somebody looked. It lives as long as the page. */
import type { LikenessPoint } from '../config/likeness';
import { withPointOfRun } from './pointsOfRun';

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

/** Without what came after `step` in `stage`: at the end of a stage the next one may have been looked at already. */
export const likenessUpTo = (
  { points, earlier }: LikenessRecord,
  step: number,
  stage: number,
): LikenessRecord => ({
  points: points.filter((point) => point.step <= step && (point.stage ?? 0) <= stage),
  earlier,
});

/** Before anything is known of the next run. */
export const ofNextRun = ({ points, earlier }: LikenessRecord): LikenessRecord => ({
  points: [],
  earlier: points[points.length - 1] ?? earlier,
});
