/** What a person sees of their own rows before they are taken, and may correct. Plain data, for the worker's messages. */
import type { Problem } from './problems';
import type { Metric } from './tasks';

/** What parts columns: a sign, or the keys of JSON objects. */
export const rowsFormats = ['tab', 'comma', 'semicolon', 'bar', 'jsonLines'] as const;
export type RowsFormat = (typeof rowsFormats)[number];

/** Encodings that are told apart: the first unless a mark or zero bytes say otherwise. */
export const textEncodings = ['utf-8', 'utf-16le', 'utf-16be'] as const;
export type TextEncoding = (typeof textEncodings)[number];

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

/** What a person may correct; what is absent is recognised. */
export interface RowsCorrections {
  layout?: TableLayout;
  columns?: RowsColumns;
}

/** How a person's rows were read in the end; the same bytes give the same rows with it. */
export type RowsReading = Required<RowsCorrections>;

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
  /** Labels that are not listed, where a column holds far too many. */
  unlisted: number;
  /** Rows of the two sides. */
  train: number;
  heldOut: number;
  metric: Metric;
  /** Why the rows can't be taken like this; null where they can. */
  problem: Problem | null;
}

/** How well rows fit a model. */
export interface RowsFit {
  /** Tokens that the model reads at most, [CLS] and [SEP] included. */
  positions: number;
  /** Rows that have more, and will be cut. */
  cut: number;
  /** Share of the characters in words that its vocabulary can't spell, 0 to 1. */
  unknownShare: number;
}

/** What a file of rows is, as far as it can be read: shown before it is taken. */
export interface RowsLook {
  encoding: TextEncoding;
  /** As recognised, or corrected; null where nothing parts the columns. */
  layout: TableLayout | null;
  /** Null where there is no table to show. */
  preview: RowsPreview | null;
  /** Why the rows can't be taken like this; null where they can. */
  problem: Problem | null;
  /** Null where the rows can't be taken, or no model is open. */
  fit: RowsFit | null;
}
