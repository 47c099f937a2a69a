/** What is told of a task's varied rows, as plain data: made in `augment/` and `train/`, carried by the worker, shown. */
import type { ClassGuess } from './results';

/** Who proposed a word: the teacher at the masked place, or the nearest word vectors. */
export type CandidateSource = 'teacher' | 'vectors';

/** A word that gave way to another one. */
export interface Exchange {
  /** Index of its place among the sentence's. */
  place: number;
  from: string;
  to: string;
  /** Where `to` begins in the variant, in UTF-16 units. */
  start: number;
  source: CandidateSource;
  /** The teacher's probability, or the cosine. */
  score: number;
}

export interface KeptShare {
  kept: number;
  variants: number;
  /** kept / variants; null where there are none. */
  share: number | null;
}

/** How often a task's teacher still gives variants the label of the row that they come from. */
export interface LabelKept {
  all: KeptShare;
  /** By label of the row, for all labels. */
  byLabel: KeptShare[];
  /** By who proposed the words of a variant: one alone, or both. */
  bySource: Record<CandidateSource | 'both', KeptShare>;
  /** By the number of words that were exchanged; index 0 stands for none. */
  byExchanges: KeptShare[];
}

/** A variant as a person reads it. */
export interface ShownVariant {
  a: string;
  /** The second text of a pair. */
  b?: string;
  exchanges: { a: readonly Exchange[]; b: readonly Exchange[] };
  /** What the task's teacher says of it; null where nobody was tuned. */
  said: ClassGuess | null;
}

/** A training row with its variants. */
export interface VariedRow {
  /** Index among the training rows, and how many there are. */
  row: number;
  rows: number;
  /** Index into the task's labels. */
  label: number;
  a: string;
  b?: string;
  said: ClassGuess | null;
  variants: ShownVariant[];
}

/** Training rows that hold what was typed. */
export interface FoundRows {
  /** The first of them. */
  rows: { row: number; a: string; b?: string }[];
  /** All of them. */
  found: number;
}
