/** What a person sees of their own rows before they are taken, and may correct. Plain data, for the worker's messages. */
import type { Problem } from './problems';
import type { Metric } from './tasks';

/** What parts columns: a sign, or the keys of JSON objects. */
export const rowsFormats = ['tab', 'comma', 'semicolon', 'bar', 'jsonLines'] as const;
export type RowsFormat = (typeof rowsFormats)[number];

/** How a file becomes a table. */
export interface TableLayout {
  format: RowsFormat;
  /** Whether double quotes stand around texts (RFC 4180), or are part of them as in GLUE's files. */
  quotes: boolean;
}

/** Which columns are what, counted from 0. */
export interface RowsColumns {
  /** The first line names the columns. */
  header: boolean;
  label: number;
  a: number;
  /** The second text; null where a row has one. */
  b: number | null;
}

/** Rows that can't be used, by why; each row counts once, under the first that applies. */
export interface RowsLeftOut {
  /** Another number of columns than most lines. */
  ragged: number;
  /** A line that is no JSON object. */
  notJson: number;
  emptyText: number;
  noLabel: number;
  /** The same texts with the same label as a row before. */
  duplicate: number;
  /** The same texts with different labels: none of them is used. */
  contradictory: number;
  /** The only row of its label. */
  lonelyLabel: number;
}

export interface RowsPreview {
  layout: TableLayout;
  columns: RowsColumns;
  /**
   * Names of the columns, or null where the file has none; and how many different values the first
   * thousands of rows have there, up to 1,000.
   */
  columnFacts: { name: string | null; distinct: number }[];
  /** The first rows as they are in the file, all columns, long fields cut. */
  firstRows: string[][];
  /** Rows in the file. */
  rows: number;
  leftOut: RowsLeftOut;
  /** Labels in the order of the logits, with the rows that can be used. */
  labels: { name: string; rows: number }[];
  /** Rows of the two sides. */
  train: number;
  heldOut: number;
  metric: Metric;
  /** Why the rows can't be taken like this; null where they can. */
  problem: Problem | null;
}
