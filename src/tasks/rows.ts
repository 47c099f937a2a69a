/** A task's data: texts, or pairs of texts, with a label. */

export interface LabelledRow {
  /** Index into the task's labels. */
  label: number;
  a: string;
  /** The second text of a pair. */
  b?: string;
}

export interface LabelledData {
  labels: string[];
  train: LabelledRow[];
  heldOut: LabelledRow[];
}

/** True where rows are pairs; all of a task's are, or none. */
export const arePairs = (rows: readonly LabelledRow[]): boolean => rows.some(({ b }) => b !== undefined);

/** Rows of each label, [labels]. */
export function labelCounts(rows: readonly LabelledRow[], labels: number): number[] {
  const counts = new Array<number>(labels).fill(0);
  for (const { label } of rows) counts[label] += 1;
  return counts;
}
