/** What T plays no part in: held-out figures of each arm over the steps, as the small charts beside the losses draw them. */
import type { Experiment, Stage } from '../../../config/experiment';
import { teacherModel } from '../../../config/modelIds';
import { isTask } from '../../../config/tasks';
import type { EvaluationPoint, HeldOut } from '../../../protocol/messages';
import { type ChartRow, inStage, stageKey } from '../../charts/chartData';
import { onePerStep } from '../../charts/onePerStep';
import { thinned } from '../../charts/thinned';

/** KL(teacher ‖ student) at T = 1; cross-entropy where there is no teacher; share of the masked words, or of a task's rows, right. */
export type Measure = 'kl' | 'loss' | 'right';

/** Of what the shares are: of masked words, of a task's rows, or of either by stage. */
export type Counted = 'words' | 'rows' | 'both';

export function countedIn(stages: readonly Pick<Stage, 'text'>[]): Counted {
  const tasks = stages.filter(({ text }) => isTask(text)).length;
  if (tasks === 0) return 'words';
  return tasks === stages.length ? 'rows' : 'both';
}

/** True where a teacher's answers are there to be compared with: one of words, or of a task that it is tuned on. */
export const hasTeacher = ({ teacher }: Experiment, stages: readonly Stage[]): boolean =>
  teacher.kind !== 'none' && stages.some(({ text, tuning }) => !isTask(text) || tuning !== undefined);

/** The measures to show: those of distillation where there is a teacher to be compared with. */
export const measuresOf = (taught: boolean): Measure[] => (taught ? ['kl', 'right'] : ['loss', 'right']);

/** Points drawn of one curve, and markers, at most. */
const mostRows = 100;
const mostMarkers = 16;

/** In nats; in per cent. */
export function measureOf(of: HeldOut | null | undefined, measure: Measure): number | null {
  if (!of) return null;
  const value = { kl: of.klToTeacher, loss: of.loss, right: 100 * of.accuracy }[measure];
  return value !== null && Number.isFinite(value) ? value : null;
}

/** A drawn evaluation: a value for each arm under its id, the teacher's under `teacherModel`. */
export interface ProgressRow extends ChartRow {
  words: number;
}

/**
 * A row for each evaluation of the sample, thinned out where there are many. All of the held-out text has other words:
 * joined with the sample's, its figures would make a bend that no learning made. Without two samples they are all there is.
 */
export function progressRows(
  evaluations: readonly EvaluationPoint[],
  arms: readonly string[],
  measure: Measure,
): ProgressRow[] {
  const points = byStage(evaluations).flatMap((own) => {
    const samples = own.filter(({ extent }) => extent === 'sample');
    return samples.length > 1 ? samples : onePerStep(own);
  });
  return thinned(points, mostRows).map((point) => ({
    x: point.step,
    words: point.maskedWords,
    ...inStage(point.stage ?? 0),
    [teacherModel]: measure === 'kl' ? null : measureOf(point.teacher, measure),
    ...Object.fromEntries(arms.map((id) => [id, measureOf(point.arms[id], measure)])),
  }));
}

/** Evaluations by the stage whose held-out part they are of. */
function byStage(evaluations: readonly EvaluationPoint[]): EvaluationPoint[][] {
  const last = Math.max(0, ...evaluations.map(({ stage = 0 }) => stage));
  return Array.from({ length: last + 1 }, (_, index) =>
    evaluations.filter(({ stage = 0 }) => stage === index),
  );
}

/** The points of one curve that get a marker, and each stage's newest figure of all its held-out text, which stands by itself. */
export function markedPoints(
  rows: readonly ProgressRow[],
  evaluations: readonly EvaluationPoint[],
  arm: string,
  measure: Measure,
): { x: number; y: number }[] {
  const alone = byStage(evaluations).flatMap((own) => {
    const full = own.findLast(({ extent }) => extent === 'full');
    const isDrawn = rows.some((row) => row.x === full?.step && (row[stageKey] ?? 0) === (full.stage ?? 0));
    const y = full && !isDrawn ? measureOf(full.arms[arm], measure) : null;
    return full && y !== null ? [{ x: full.step, y }] : [];
  });
  const onCurve = thinned(rows, mostMarkers).flatMap(({ x, [arm]: y }) =>
    y === null || y === undefined ? [] : [{ x, y }],
  );
  return [...onCurve, ...alone];
}

/** From 0 to the largest value; null where there is none. */
export function progressExtent(
  rows: readonly ProgressRow[],
  ids: readonly string[],
  marked: readonly { y: number }[],
): [number, number] | null {
  let high = Number.NEGATIVE_INFINITY;
  for (const row of rows) for (const id of ids) high = Math.max(high, row[id] ?? high);
  for (const { y } of marked) high = Math.max(high, y);
  return Number.isFinite(high) ? [0, high] : null;
}
