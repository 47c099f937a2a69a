/** What was measured at some steps of a run, in the order of stages and steps, as many as are kept. */

interface PointOfRun {
  /** Counted through all stages. */
  step: number;
  stage?: number;
}

/** More than this are thinned evenly. */
const mostPoints = 256;

const stageOf = ({ stage = 0 }: PointOfRun) => stage;

/** Those up to `step` in `stage`: at the end of a stage the next one may have been looked at already. */
export const pointsUpTo = <Point extends PointOfRun>(points: readonly Point[], step: number, stage: number) =>
  points.filter((point) => point.step <= step && stageOf(point) <= stage);

/** The points with another, in place of one of the same step where there is one. */
export function withPointOfRun<Point extends PointOfRun>(points: readonly Point[], point: Point): Point[] {
  const comesBefore = (other: Point) =>
    other.step < point.step || (other.step === point.step && stageOf(other) < stageOf(point));
  const comesAfter = (other: Point) =>
    other.step > point.step || (other.step === point.step && stageOf(other) > stageOf(point));
  const all = [...points.filter(comesBefore), point, ...points.filter(comesAfter)];
  return all.length > mostPoints ? all.filter((_, i) => i % 2 === 0 || i === all.length - 1) : all;
}
