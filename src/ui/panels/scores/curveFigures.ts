/** What the growth of a pass's time comes to: the fixed part, and why a smaller model is hardly faster. */
import type { LatencyCurve, LatencyCurves, LatencyPoint } from '../../../config/scores';
import { fitLine, type Line } from '../../../statistics/line';

/** Above this share of a time the line says nothing of its parts. */
export const mostMisfit = 0.3;

/** Times at the run's length by batch size, and at one batch size by length; in order. */
export function byBatch({ points }: LatencyCurve, { length }: Pick<LatencyCurves, 'length'>): LatencyPoint[] {
  return points.filter((point) => point.length === length).sort((a, b) => a.batchSize - b.batchSize);
}
export function byLength(
  { points }: LatencyCurve,
  { batchSize }: Pick<LatencyCurves, 'batchSize'>,
): LatencyPoint[] {
  return points.filter((point) => point.batchSize === batchSize).sort((a, b) => a.length - b.length);
}

/** Milliseconds once, and for each sentence; null where there are too few sizes. */
export const lineOf = (points: readonly LatencyPoint[]): Line | null =>
  points.length < 3 ? null : fitLine(points.map(({ batchSize, ms }) => ({ x: batchSize, y: ms })));

export const isFitting = (line: Line | null): line is Line => line !== null && line.misfit <= mostMisfit;

/** A student's share of the teacher's work and times, each 0 to 1 and beyond. */
export interface Savings {
  flops: number;
  one: number;
  many: number;
  /** Sentences at once of `many`. */
  batch: number;
  /** True where most of one sentence's time is fixed, and it saves less there than its work would let one hope. */
  fixed: boolean;
}

export function savings(
  student: LatencyCurve,
  teacher: LatencyCurve,
  found: Pick<LatencyCurves, 'length'>,
): Savings | null {
  const [own, whole] = [byBatch(student, found), byBatch(teacher, found)];
  const [first, last] = [own[0], own.at(-1)];
  if (!first || !last || first === last) return null;
  const share = (i: number) => own[i].ms / whole[i].ms;
  const [one, many] = [share(0), share(own.length - 1)];
  const line = lineOf(own);
  const flops = student.flops / teacher.flops;
  return {
    flops,
    one,
    many,
    batch: last.batchSize,
    fixed: isFitting(line) && line.fixed > line.slope && one > 1.1 * many,
  };
}

export const curveColumns = ['model', 'batchSize', 'length', 'ms', 'low', 'high', 'runs'] as const;

/** A line for each size of each model. */
export const curveLines = (
  models: readonly { id: string; name: string }[],
  found: LatencyCurves,
): (string | number)[][] =>
  models.flatMap(({ id, name }) =>
    found.models[id].points.map(({ batchSize, length, ms, middle, runs }) => [
      name,
      batchSize,
      length,
      ms,
      ...middle,
      runs,
    ]),
  );
