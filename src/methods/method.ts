/**
 * What a method of distillation is: one record in one file of this folder. Everything that the rest of the project knows
 * of a method follows from its record: which numbers an experiment may hold, what a forward pass must keep, which
 * parameters are trained, over what a held-out mean runs, what the page and the command line show.
 *
 * Dimensions: B sequences of L tokens, N = B·L, M asked (masked) positions, R rows of predictions (N or M), V vocabulary,
 * d hidden size, H heads. A record computes on tensors with operations that are handed to it, and so may be read on the
 * screen's side too, where there is no tfjs.
 */
import type * as tf from '@tensorflow/tfjs';
import type { Ops } from './ops';
import type { StudentSignal, TeacherSignal } from './signals';

/** The shape of a model, as far as a method asks for it. */
export interface ModelShape {
  layers: number;
  hiddenSize: number;
  heads: number;
  intermediateSize: number;
  vocabularySize: number;
}

/** The range of a number that a person sets. */
export interface Bound {
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

/** A number of a method's own, the same from step to step unless a person moves it. */
export interface Dial extends Bound {
  symbol: string;
  initial: number;
  /** True: it lies on the device, is read by `scalar`, and acts on the next step. False: another value is another run. */
  live: boolean;
}

/** A list of numbers of a method's own, such as one weight for each layer. Another list is another run. */
export interface ListDial extends Bound {
  symbol: string;
  /** As it is where none is named; its length is the only one that fits. */
  initial: (pair: Pair) => number[];
}

/** A method's own choice between ways of computing it; the first is taken where none is named. */
export type Choice = readonly [string, ...string[]];

/** What an arm's plan says, as far as a method reads it. Absent weights are 0, absent dials and choices their first values. */
export interface PlanLike {
  readonly weights: Readonly<Record<string, number | undefined>>;
  readonly dials: Readonly<Record<string, number | undefined>>;
  readonly choices: Readonly<Record<string, string | undefined>>;
  readonly lists: Readonly<Record<string, readonly number[] | undefined>>;
  readonly positions: 'all' | 'masked';
  /** g(m): the teacher's layer for each of the student's, counted from 1. */
  readonly mapping: readonly number[];
}

/**
 * Over what a term's mean runs, so that a mean over several batches can be put together. `rows`: the positions at which
 * the arm's predictions are compared. `asked`: the masked words. `tokens`: those that are not padding. `cells`: all of
 * B·L, padding too. `pairs`: pairs of tokens of one sequence, without padding. `sequences`.
 */
export type MeanOver = 'rows' | 'asked' | 'tokens' | 'cells' | 'pairs' | 'sequences';

/** Why a method can't have this pair of models; the words are in `i18n/` under the same code. */
export interface Misfit {
  code:
    | 'termNeedsEqualWidth'
    | 'termNeedsEqualHeads'
    | 'termNeedsEqualSize'
    | 'termNeedsMoreWords'
    | 'termNeedsDivisor'
    | 'termNeedsHeadPairs'
    | 'termNeedsLayers';
  values: Record<string, number>;
}

/** A student and its teacher, as they are to be compared. */
export interface Pair {
  student: ModelShape;
  teacher: ModelShape;
  plan: PlanLike;
}

export interface Term {
  /** As it stands in legends, such as `L_ce`. */
  symbol: string;
  /** Its formula as TeX, the right-hand side of `symbol =`. */
  tex: string;
  unit: 'nats' | 'pure number';
  /** Where the formula is: an equation of the paper, or lines of the authors' program. */
  source: string;
  reads: { student: readonly StudentSignal[]; teacher: readonly TeacherSignal[] };
  meanOver: MeanOver | ((plan: PlanLike) => MeanOver);
  /** True where soft targets are softened at a temperature of the method's own, and the plan's T says nothing. */
  ownTemperature?: boolean;
  /** True where the scale of the soft targets' logits says nothing, and neither does a T of the teacher's own. */
  scaleFree?: boolean;
  /** True where it grows without bounds as the soft targets hold a word impossible, at a value of a live dial at least. */
  needsEveryWord?: boolean;
  misfit?: (pair: Pair) => Misfit | null;
}

/** A number that moves with the steps, by a rule; written to the device before each update. */
export interface Schedule {
  symbol: string;
  /** True where people should see it over the steps. */
  charted: boolean;
  /** How many numbers; one where left out. */
  size?: (pair: Pair) => number;
  at: (when: Moment) => number | readonly number[];
}

/** When, and under which dials, a scheduled number is asked for. */
export interface Moment {
  /** Share of the run's updates that are done, 0 to 1. */
  progress: number;
  /** Passes over the text that are done, from 0. */
  epoch: number;
  dial: (name: string) => number;
  choice: (name: string) => string;
  /** Makes a generator of numbers from 0 to 1 that belongs to this batch alone, or to this epoch. */
  random: (of: 'batch' | 'epoch') => () => number;
  /** Numbers of the same method whose rule was asked before, in the order in which they are written down. */
  before: Readonly<Record<string, readonly number[]>>;
  pair: Pair;
}

/** A value that is no loss, made on the device and charted, such as a learned temperature. */
export interface Reading {
  symbol: string;
  unit: 'nats' | 'pure number';
}

/** A parameter that is trained beside the student and stays behind when it leaves: its shape, and its first value. */
export interface ExtraParameter {
  shape: number[];
  /**
   * All numbers at first; left out: drawn as BERT's weights are. `wayBack`: of a student that starts as a projection of the
   * teacher, what leads from its width back to the teacher's; drawn for others.
   */
  start?: number | 'wayBack';
  /** The method's terms that depend on it; all of them where left out. */
  terms?: readonly string[];
}

/**
 * A loss as the shares of it that add up to it: a vector for one term, a matrix [j, ·] for j of them. A row that belongs
 * to no term is named null.
 */
export interface Shares<Id extends string = string> {
  terms: readonly (Id | null)[];
  shares: tf.Tensor;
}

/** One side of a comparison. */
export interface Side {
  readonly logits: tf.Tensor2D;
  readonly hidden: tf.Tensor2D;
  readonly states: readonly tf.Tensor2D[];
  readonly scores: readonly tf.Tensor4D[];
  /** [N, 3d]: queries, keys and values side by side, whichever of them are named. */
  readonly qkv: tf.Tensor2D;
}

export interface TeacherSide extends Side {
  readonly targets: tf.Tensor2D;
  /** [R], int32. */
  readonly guesses: tf.Tensor1D;
}

/** What predictions are compared with, row by row. */
export interface Rows {
  /** The masked word of each row, int32; −1 where there is none. */
  labels: tf.Tensor1D;
  /** The word that stands there, masked or not; −1 in padding. */
  gold: tf.Tensor1D;
  /** Each row's share in a mean over the rows that count. */
  shares: tf.Tensor1D;
  /** [2, R]: each row's share in a mean over the rows, and over the masked words. */
  predictionShares: tf.Tensor2D;
}

/** What a method computes its shares from. */
export interface Comparison {
  student: Side;
  /** Throws where there is no teacher: only terms that read one may ask. */
  teacher: TeacherSide;
  rows: Rows;
  batch: {
    batchSize: number;
    sequenceLength: number;
    /** [B, L], 1 for a token and 0 for padding. */
    attentionMask: tf.Tensor2D;
    /** Share of each token in a mean over those that are not padding, [N]. */
    tokenShares: tf.Tensor1D;
    /** Share of each sequence in a mean over those that are not only filling, [B]. */
    sequenceShares: tf.Tensor1D;
  };
  pair: Pair;
  /** T of the student's side, [1]. */
  temperature: tf.Tensor1D;
  /** Whether one of the method's terms is to be computed. */
  has: (term: string) => boolean;
  dial: (name: string) => number;
  choice: (name: string) => string;
  list: (name: string) => readonly number[];
  /** A live dial or a scheduled number, on the device. */
  scalar: (name: string) => tf.Tensor1D;
  extra: (name: string) => tf.Tensor;
}

/** How a method computes a student's layer in training. */
export interface BlockChoice {
  /** The student's layer, counted from 0, and how many it has. */
  index: number;
  input: tf.Tensor2D;
  own: () => tf.Tensor2D;
  /** The teacher's layer `n`, counted from 0, on `x`. */
  teacherLayer: (n: number, x: tf.Tensor2D) => tf.Tensor2D;
  pair: Pair;
  scalar: (name: string) => tf.Tensor1D;
}

/** A method that changes what is trained, beside or instead of comparing. */
export interface Replacement {
  /** Whether an arm's plan asks for it. */
  active: (plan: PlanLike) => boolean;
  block: (choice: BlockChoice, ops: Ops) => tf.Tensor2D;
  /** Whether a parameter of the student is trained, by its name on the device. */
  trains: (name: string) => boolean;
  misfit: (pair: Pair) => Misfit | null;
}

export interface Paper {
  title: string;
  authors: string;
  year: number;
  /** Number on arXiv. */
  arxiv: string;
}

/** Ids of what a method has: T terms, R readings, D dials, C choices, L lists, S schedules. */
export interface Method<
  T extends string = string,
  R extends string = string,
  D extends string = string,
  C extends Record<string, Choice> = Record<string, Choice>,
  L extends string = string,
  S extends string = string,
> {
  paper: Paper;
  /** Terms that are this method's own. Ids are unique among all methods, as are those of dials, choices and the rest. */
  terms: Record<T, Term>;
  /** Terms of other methods that it is used with. */
  beside?: readonly string[];
  dials?: Record<D, Dial>;
  choices?: C;
  lists?: Record<L, ListDial>;
  /** The terms that read a choice or a list, where these are not all of the method's. */
  readBy?: Partial<Record<NoInfer<(keyof C & string) | L>, readonly NoInfer<T>[]>>;
  schedules?: Record<S, Schedule>;
  readings?: Record<R, Reading>;
  /** What weights are multiplied by as the steps go on; 1 where nothing is said. */
  factors?: (when: Pick<Moment, 'progress' | 'dial'>) => Record<string, number>;
  /** The teacher's layer whose queries, keys and values are read, counted from 1; the last where left out. */
  qkvLayer?: (pair: Pair) => number;
  /**
   * Parameters that are trained beside the student, by name. `ready`: every student that the method fits has them, so that
   * its terms can come to a run at any time; else they come with the terms, and a term that comes anew is another run.
   */
  extra?: { ready: boolean; parameters: (pair: Pair) => Record<string, ExtraParameter> };
  replacement?: Replacement;
  /** Matrix products [N, inner] times [inner, outer] that the asked terms take beyond the passes, for what a step costs. */
  products?: (pair: Pair, has: (term: string) => boolean) => { inner: number; outer: number }[];
  /** Shares of the terms that `has` asks for, and of the readings that come with them. */
  shares: (comparison: Comparison, ops: Ops) => Shares<NoInfer<T | R>>[];
}

/** Takes a record as it is, and holds `shares` to the terms and readings that it names. */
export const method = <
  T extends string,
  R extends string = never,
  D extends string = never,
  const C extends Record<string, Choice> = Record<never, Choice>,
  L extends string = never,
  S extends string = never,
>(
  record: Method<T, R, D, C, L, S>,
): Method<T, R, D, C, L, S> => record;

/** A method that has no terms of its own gives no shares. */
export const noShares = (): Shares<never>[] => [];
