/** How alike layers were over the steps of a run, as far as somebody looked. It lives as long as the page. */
import type { LikenessPoint } from '../config/likeness';

export interface LikenessRecord {
  /** Of the run that is open, in the order of their steps. */
  points: readonly LikenessPoint[];
  /** The last of the run before it; null where nobody looked at one. */
  earlier: LikenessPoint | null;
}

export const noLikeness: LikenessRecord = { points: [], earlier: null };

/** More than this are thinned evenly. */
const mostPoints = 256;

const stageOf = ({ stage = 0 }: LikenessPoint) => stage;

/** The record with another point, in place of one of the same step where there is one. */
export function withLikeness({ points, earlier }: LikenessRecord, point: LikenessPoint): LikenessRecord {
  const comesBefore = (other: LikenessPoint) =>
    other.step < point.step || (other.step === point.step && stageOf(other) < stageOf(point));
  const comesAfter = (other: LikenessPoint) =>
    other.step > point.step || (other.step === point.step && stageOf(other) > stageOf(point));
  const all = [...points.filter(comesBefore), point, ...points.filter(comesAfter)];
  return {
    points: all.length > mostPoints ? all.filter((_, i) => i % 2 === 0 || i === all.length - 1) : all,
    earlier,
  };
}

/** Without what came after `step` in `stage`: at the end of a stage the next one may have been looked at already. */
export const likenessUpTo = (
  { points, earlier }: LikenessRecord,
  step: number,
  stage: number,
): LikenessRecord => ({
  points: points.filter((point) => point.step <= step && stageOf(point) <= stage),
  earlier,
});

/** Before anything is known of the next run. */
export const ofNextRun = ({ points, earlier }: LikenessRecord): LikenessRecord => ({
  points: [],
  earlier: points[points.length - 1] ?? earlier,
});
