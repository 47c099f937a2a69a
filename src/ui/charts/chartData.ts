import { createContext, useContext } from 'react';
import type { ModelStyle } from '../modelStyle';
import type { StageSpan } from '../useStages';
import type { ChangeLine } from './changeLines';

/** A row of a chart: `x`, and a value for each curve under its id. */
export interface ChartRow {
  x: number;
  [curve: string]: number | null;
}

/** Under this a row says which stage, counted from 0, it is of; absent: the first. No curve is called so. */
export const stageKey = ':stage';

/** What a row says of its stage; nothing where that is the first. */
export const inStage = (stage: number): { [stageKey]?: number } => (stage > 0 ? { [stageKey]: stage } : {});

export interface Curve {
  /** Key of its values in the rows. */
  id: string;
  color: string;
  dash?: string;
  width: number;
  /** Drawn behind, for comparison: a raw curve behind its smoothed one. */
  faint?: boolean;
}

/** Points in the shape of a model, with their own x. */
export interface MarkedSeries {
  id: string;
  style: ModelStyle;
  points: { x: number; y: number }[];
}

/** A mean over several runs and its interval, with its own x; an interval that is not known is null. */
export interface Band {
  id: string;
  color: string;
  /** `stage` counts from 0: a band breaks where stages meet. */
  points: readonly { x: number; stage: number; mean: number; low: number | null; high: number | null }[];
}

export interface ChartData {
  rows: readonly ChartRow[];
  curves: readonly Curve[];
  bands: readonly Band[];
  marked: readonly MarkedSeries[];
  changes: readonly ChangeLine[];
  /** None where the run has only one. */
  stages: readonly StageSpan[];
  /** The step of the past that is looked at; null: none. */
  past: number | null;
  /** Index of the row under the crosshair. */
  active: number | null;
  setActive: (active: number | null) => void;
}

/** Carries the data past the axes, so that new points leave them alone. */
export const ChartDataContext = createContext<ChartData | null>(null);

export function useChartData(): ChartData {
  const data = useContext(ChartDataContext);
  if (!data) throw new Error('A layer of a chart stands outside of it.');
  return data;
}

/** Index of the row whose x is nearest; null without rows. Rows are in the order of x. */
export function nearestRow(rows: readonly { x: number }[], x: number): number | null {
  if (rows.length === 0) return null;
  let [low, high] = [0, rows.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle].x < x) low = middle + 1;
    else high = middle;
  }
  return low > 0 && x - rows[low - 1].x < rows[low].x - x ? low - 1 : low;
}

const tenth = (pixels: number) => Math.round(10 * pixels) / 10;

/** An SVG path through the values of one curve, broken where one is missing and where stages meet. `xs` are the rows' pixels, [rows]. */
export function curvePath(
  rows: readonly ChartRow[],
  id: string,
  xs: readonly number[],
  yOf: (y: number) => number | undefined,
): string {
  let path = '';
  let pen = 'M';
  for (let i = 0; i < rows.length; i++) {
    if (i > 0 && rows[i][stageKey] !== rows[i - 1][stageKey]) pen = 'M';
    const value = rows[i][id];
    const y = value === null || value === undefined ? undefined : yOf(value);
    if (y === undefined || !Number.isFinite(y)) {
      pen = 'M';
      continue;
    }
    path += `${pen}${tenth(xs[i])} ${tenth(y)}`;
    pen = 'L';
  }
  return path;
}

/** SVG paths of a band: around the interval, and along the mean. */
export function bandPaths(
  { points }: Pick<Band, 'points'>,
  xOf: (x: number) => number | undefined,
  yOf: (y: number) => number | undefined,
): { area: string; line: string } {
  const at = (x: number, y: number) => `${tenth(xOf(x) ?? 0)} ${tenth(yOf(y) ?? 0)}`;
  const stages = [...new Set(points.map(({ stage }) => stage))].map((stage) =>
    points.filter((point) => point.stage === stage),
  );
  const line = stages.map((own) => `M${own.map(({ x, mean }) => at(x, mean)).join('L')}`).join('');
  const area = stages
    .map((own) => own.filter(({ low, high }) => low !== null && high !== null))
    .filter(({ length }) => length > 1)
    .map((own) => {
      const upper = own.map(({ x, high }) => at(x, high!));
      const lower = [...own].reverse().map(({ x, low }) => at(x, low!));
      return `M${[...upper, ...lower].join('L')}Z`;
    })
    .join('');
  return { area, line };
}
