/** The curves of forks: up to its step a fork is another model, whose line it leaves there. */
import type { ChartRow } from './chartData';

/** A curve that begins on another one. */
export interface OwnWay {
  /** Of the curve. */
  id: string;
  /** The last step that both have in common. */
  from: number;
}

/** Rows in which curves begin at the last point that they have in common with the line that they leave. */
export function onOwnWay<R extends ChartRow>(rows: readonly R[], ways: readonly OwnWay[]): R[] {
  if (ways.length === 0) return [...rows];
  return rows.map((row, i) => {
    const common = ways.filter(({ from }) => (rows[i + 1]?.x ?? Number.POSITIVE_INFINITY) <= from);
    if (common.length === 0) return row;
    return { ...row, ...Object.fromEntries(common.map(({ id }) => [id, null])) };
  });
}
