/** What T plays no part in: held-out figures of each arm over the steps, as the small charts beside the losses draw them. */
import type { EvaluationPoint, HeldOut } from '../../../protocol/messages';
import type { ChartRow } from '../../charts/chartData';
import { onePerStep } from '../../charts/onePerStep';
import { thinned } from '../../charts/thinned';

/** KL(teacher ‖ student) at T = 1; cross-entropy where there is no teacher; share of the masked words right. */
export type Measure = 'kl' | 'loss' | 'right';

/** The measures to show: those of distillation where there is a teacher to be compared with. */
export const measuresOf = (hasTeacher: boolean): Measure[] =>
  hasTeacher ? ['kl', 'right'] : ['loss', 'right'];

/** Points drawn of one curve, and markers, at most. */
const mostRows = 100;
const mostMarkers = 16;

/** In nats; in per cent. */
export function measureOf(of: HeldOut | null | undefined, measure: Measure): number | null {
  if (!of) return null;
  const value = { kl: of.klToTeacher, loss: of.loss, right: 100 * of.accuracy }[measure];
  return value !== null && Number.isFinite(value) ? value : null;
}

/** A drawn evaluation: a value for each arm under its id, the teacher's under `teacher`. */
export interface ProgressRow extends ChartRow {
  words: number;
}

/** A row for each evaluation, thinned out where there are many. */
export function progressRows(
  evaluations: readonly EvaluationPoint[],
  arms: readonly string[],
  measure: Measure,
): ProgressRow[] {
  return thinned(onePerStep(evaluations), mostRows).map((point) => ({
    x: point.step,
    words: point.maskedWords,
    teacher: measure === 'kl' ? null : measureOf(point.teacher, measure),
    ...Object.fromEntries(arms.map((id) => [id, measureOf(point.arms[id], measure)])),
  }));
}

/** The points of one curve that get a marker. */
export const markedPoints = (rows: readonly ProgressRow[], id: string): { x: number; y: number }[] =>
  thinned(rows, mostMarkers).flatMap(({ x, [id]: y }) => (y === null || y === undefined ? [] : [{ x, y }]));

/** From 0 to the largest value; null where there is none. */
export function progressExtent(
  rows: readonly ProgressRow[],
  ids: readonly string[],
): [number, number] | null {
  let high = Number.NEGATIVE_INFINITY;
  for (const row of rows) for (const id of ids) high = Math.max(high, row[id] ?? high);
  return Number.isFinite(high) ? [0, high] : null;
}
