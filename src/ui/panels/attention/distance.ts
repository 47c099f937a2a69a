/** Attention distances as the grid and the curves show them. */
import type { EvaluationPoint } from '../../../protocol/messages';
import { inStage } from '../../charts/chartData';
import { onePerStep } from '../../charts/onePerStep';
import { thinned } from '../../charts/thinned';
import { formatProbability, formatShort } from '../../format';
import type { AttentionOf } from './headMaps';

/** Errors of probabilities are small: they are shown in thousandths. */
export const shownFactor = (of: AttentionOf) => (of === 'probabilities' ? 1000 : 1);

/** A score, or a probability, as text. */
export const formatAttention = (value: number, of: AttentionOf) =>
  of === 'scores' ? formatShort(value) : `${value < 0 ? '−' : ''}${formatProbability(Math.abs(value))}`;

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

export const distanceId = (arm: string, block: number) => `${arm}:${block}`;

export interface DistanceRow {
  x: number;
  [curve: string]: number | null;
}

/** Rows drawn, and markers of one curve, at most. */
const mostRows = 100;
const mostMarkers = 16;

/** A row for each evaluation, thinned out where there are many: the mean over heads, in shown units, of each arm's blocks under `distanceId`. */
export function distanceRows(
  evaluations: readonly EvaluationPoint[],
  curves: { arm: string; block: number }[],
  of: AttentionOf,
): DistanceRow[] {
  return thinned(onePerStep(evaluations), mostRows).map((point) => {
    const row: DistanceRow = { x: point.step, ...inStage(point.stage ?? 0) };
    for (const { arm, block } of curves) {
      const heads = point.arms[arm]?.attention?.[of][block - 1];
      row[distanceId(arm, block)] = heads ? shownFactor(of) * mean(heads) : null;
    }
    return row;
  });
}

/** The points of one curve that get a marker. */
export const markedDistances = (rows: readonly DistanceRow[], id: string): { x: number; y: number }[] =>
  thinned(rows, mostMarkers).flatMap(({ x, [id]: y }) => (y === null || y === undefined ? [] : [{ x, y }]));
