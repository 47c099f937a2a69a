/**
 * What training measures, as plain data: made in `train/`, carried by the worker's events, shown and saved.
 * Dimension letters: L tokens, V vocabulary, H heads.
 */
import type { ReadingId, ScheduleId, TermId } from '../methods/registry';
import type { PartSizes } from './scores';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

/** The backend that a run is on, and why. */
export interface BackendReport {
  name: BackendName;
  /** `adapter`: a real GPU was found. The others say why it is not WebGPU, or that the URL asked for this one. */
  reason:
    | 'adapter'
    | 'forced'
    | 'noWebgpu'
    | 'noAdapter'
    | 'softwareAdapter'
    | 'webgpuFailed'
    | 'gpuLost'
    | 'noWasm'
    | 'wasmDownloadFailed';
  /** The GPU's own description, where there is one. */
  adapter: string | null;
  /** True where WebGPU is emulated on the CPU. */
  software: boolean;
  /** Threads of the processor that kernels compute on; 1 except on WASM. */
  threads: number;
}

export type RunState = 'paused' | 'playing' | 'finished';

export interface RunStatus {
  state: RunState;
  /** Updates done so far, of all stages. */
  step: number;
  /** Updates of all stages. */
  steps: number;
  /** The stage, counted from 0, whose students these are; absent: the first. At a border it is the one that ends there. */
  stage?: number;
  /** Over the last seconds; null at rest. */
  stepsPerSecond: number | null;
}

/** The losses of one arm at one step. A term is absent where the arm doesn't compute it. */
export interface ArmLosses {
  /** The weighted sum. */
  total: number;
  terms: Partial<Record<TermId, number>>;
  /** Values beside the losses that move with the steps, such as a learned T; absent where there are none. */
  readings?: Partial<Record<ReadingId | ScheduleId, number>>;
  /** Global norm of the gradient before clipping; null for held-out values. */
  gradientNorm: number | null;
}

export interface StepPoint {
  step: number;
  /** The stage, counted from 0, that the update was of; absent: the first. */
  stage?: number;
  learningRate: number;
  arms: Record<string, ArmLosses>;
}

/** How well one model fills in masked words it has not seen. */
export interface HeldOut {
  /** Cross-entropy with the masked words, nats. */
  loss: number;
  /** Share of the masked words whose first guess is right, 0 to 1. */
  accuracy: number;
  /** Share of the masked words where the first guess is the teacher's, 0 to 1; null without a teacher. */
  agreement: number | null;
  /** KL(teacher ‖ model) at T = 1 over the masked words, nats; null without a teacher. */
  klToTeacher: number | null;
  /** Standard error of that mean, nats; null without a teacher, absent in runs of older versions. */
  klError?: number | null;
  /** Of a task: rows by label (first index) and by what the model says (second), [C][C]. */
  confusion?: number[][];
}

/** A held-out row of a task, as a person reads it. */
export interface HeldOutRow {
  /** Index into the task's labels. */
  label: number;
  a: string;
  /** The second text of a pair. */
  b?: string;
}

/** The class that a model says, as an index into the task's labels, and its probability at T = 1. */
export interface ClassGuess {
  label: number;
  probability: number;
}

/** What every model says of every held-out row of a task. */
export interface HeldOutGuesses {
  labels: readonly string[];
  /** In the task's own order. */
  rows: readonly HeldOutRow[];
  /** By model, `teacherModel` or an arm's id: a guess for each of the rows. */
  guesses: Record<string, ClassGuess[]>;
}

/** Mean squared error of attention per student block and head: `[block][head]`. */
export interface AttentionDistance {
  /** Of the scores QKᵀ/√d_k before the softmax, at pairs of tokens that are not padding. */
  scores: number[][];
  /** Of the probabilities after the softmax, at the same pairs. */
  probabilities: number[][];
}

/** What a model makes of the places where a word stood. */
export interface WordFigure {
  /** Share of the places where the word is the first guess, 0 to 1. */
  accuracy: number;
  /** Mean of ln p of the word at T = 1, nats: 0 at best. */
  logProbability: number;
}

/** How well a word is known that never occurs in what the arms learn from. */
export interface WithheldPoint {
  /** Places that were asked for: those in held-out text first, then those in sequences that were left out for the word. */
  places: number;
  heldOut: number;
  teacher: WordFigure | null;
  arms: Record<string, WordFigure>;
}

export interface EvaluationPoint {
  step: number;
  /** `sample`: a fixed part of the held-out text, while training; `full`: all of it. */
  extent: 'sample' | 'full';
  /** The stage, counted from 0, whose held-out part this is of; absent: the first. */
  stage?: number;
  sequences: number;
  /** Of a task: rows. */
  maskedWords: number;
  teacher: HeldOut | null;
  /** Teachers beside the first, in their order; absent where there are none, and in runs of older versions. */
  others?: HeldOut[];
  arms: Record<string, HeldOut & { losses: ArmLosses; attention: AttentionDistance | null }>;
  /** Of the word that is withheld; absent where none is. */
  withheld?: WithheldPoint;
}

/** Attention of one model on the probed sentence; arrays are [block, head, query, key] in row-major order. */
export interface ProbeAttention {
  blocks: number;
  heads: number;
  /** QKᵀ/√d_k before the softmax. */
  scores: Float32Array;
  probabilities: Float32Array;
}

/** What one model makes of the probed sentence. */
export interface ProbeModel {
  /** `teacherModel`, or the arm's id. */
  id: string;
  /** Logits at the mask, [V], or of a task's classes, [C]; the page softens them itself. */
  logits: Float32Array;
  attention: ProbeAttention;
}

export interface Probe {
  step: number;
  /** A sentence with one [MASK]; of a task without any, and the two texts of a pair with a line break between. */
  sentence: string;
  /** Of a task: its classes, by index. */
  classes?: readonly string[];
  /** Of a pair: index of the first token of the second text. */
  second?: number;
  /** The L tokens of the sentence, [CLS] and [SEP] included. */
  tokens: string[];
  /** Index among them of [MASK], or of [CLS] where classes are asked for. */
  maskIndex: number;
  models: ProbeModel[];
  /** Words of the sentence that the vocabulary can't spell, shown as [UNK]. */
  unknownWords: string[];
}

export interface ModelSize {
  parameters: number;
  /** Bytes of the weights in float32. */
  bytes: number;
  parts: PartSizes;
}

/** Times of the forward pass alone, training paused, in milliseconds. Models of one shape have the same ones. */
export interface Latency {
  /** Medians of one sentence, and of 32 at once. */
  batch1Ms: number;
  batch32Ms: number;
  /** The middle half of the runs: a quarter took less than the first, a quarter more than the second. */
  batch1Middle: [number, number];
  batch32Middle: [number, number];
  runs: number;
}

export interface TextFacts {
  texts: number;
  trainSequences: number;
  /** Tokens of those, [CLS] and [SEP] included. */
  trainTokens: number;
  heldOutSequences: number;
  words: number;
  /** Share of the characters, held-out ones included, that are lost since their words became [UNK], 0 to 1. */
  unknownShare: number;
  /**
   * Of a task, whose rows are counted as texts. `variants`: of its training rows, which `trainSequences` counts. `counts`:
   * rows of each label, [C].
   */
  task?: { labels: readonly string[]; pairs: boolean; variants?: number; counts?: readonly number[] };
  /** Of a word that is withheld: sequences to train on that were left out for it, which `trainSequences` doesn't count. */
  withheld?: { dropped: number };
  /** Only of a text that was just imported: texts that were there before and were left out, and stray control characters. */
  leftOut?: { repeated: number; controls: number };
}

/** What a person's file of word vectors gives. */
export interface VectorsFacts {
  /** Made from the content. */
  id: string;
  name: string;
  /** Words that are kept, and numbers of each vector. */
  words: number;
  dimension: number;
  /** Words in the file. */
  lines: number;
  /** Words that are needed and that it does not have. */
  missing: number;
  /** True where the file is longer than what is read of it. */
  cut: boolean;
  /** What is nearest to some words. */
  near: { word: string; near: string[] }[];
}

/** A live number (learning rate, T, a loss weight) that was changed while the run was under way. */
export interface NumberChange {
  /** Updates done before; the next one is the first with the new value. */
  step: number;
  /** Within the experiment, such as `arms.0.temperature`. */
  path: string;
  before: number;
  value: number;
}

export interface RunHistory {
  steps: StepPoint[];
  evaluations: EvaluationPoint[];
  /** Changes of live numbers, in order; several of one number at one step are one. */
  changes: NumberChange[];
  /** How many updates one entry of `steps` is the mean of. */
  stepsPerEntry: number;
  /** Updates that don't make up an entry yet. */
  pending: StepPoint[];
}

/** A live number and what it is to be on the very next step. */
export interface NumberSetting {
  /** Within the experiment, such as `arms.0.temperature`. */
  path: string;
  value: number;
}

/**
 * How far a run got after its last checkpoint. Since an update depends on nothing but the experiment, the seed, the step
 * and the live numbers, the updates in between can be done again, bit for bit.
 */
export interface Reached {
  /** Of which run: another one may have begun under the same name. */
  birth: string;
  step: number;
  /** All changes of live numbers in the run, those before the checkpoint too. */
  changes: NumberChange[];
}
