/** Attention distances as the grid and the curves show them. */
import type { EvaluationPoint } from '../../../protocol/messages';
import { onePerStep } from '../../charts/onePerStep';
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

/** A row for each evaluation: the mean over heads, in shown units, of each arm's blocks under `distanceId`. */
export function distanceRows(
  evaluations: EvaluationPoint[],
  curves: { arm: string; block: number }[],
  of: AttentionOf,
): DistanceRow[] {
  return onePerStep(evaluations).map((point) => {
    const row: DistanceRow = { x: point.step };
    for (const { arm, block } of curves) {
      const heads = point.arms[arm]?.attention?.[of][block - 1];
      row[distanceId(arm, block)] = heads ? shownFactor(of) * mean(heads) : null;
    }
    return row;
  });
}
