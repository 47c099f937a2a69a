/**
 * What crosses the worker boundary: commands go in (imperative), events come out (past tense). Numbers, plain
 * objects and transferred buffers only, never tensors.
 */
import type { Experiment, RowsSource, TextSource } from '../config/experiment';
import type { LedgerPoint, LedgerSetting } from '../config/ledger';
import type { LikenessPoint } from '../config/likeness';
import type { Problem } from '../config/problems';
import type { Recorded, Recording } from '../config/recording';
import type {
  BackendName,
  BackendReport,
  EvaluationPoint,
  HeldOutGuesses,
  Latency,
  ModelSize,
  NumberChange,
  NumberSetting,
  Probe,
  RunHistory,
  RunStatus,
  StepPoint,
  TextFacts,
  VectorsFacts,
} from '../config/results';
import type { RowsCorrections, RowsLook } from '../config/rowsPreview';
import type { ModelToZip, SavableModels } from '../config/savable';
import type { Calibrations, LatencyCurves } from '../config/scores';
import type { TeacherShape } from '../config/teachers';
import type { FoundRows, LabelKept, VariedRow } from '../config/variants';

export type {
  ArmLosses,
  AttentionDistance,
  BackendName,
  BackendReport,
  EvaluationPoint,
  HeldOut,
  Latency,
  ModelSize,
  NumberChange,
  NumberSetting,
  Probe,
  ProbeAttention,
  ProbeModel,
  Reached,
  RunHistory,
  RunState,
  RunStatus,
  StepPoint,
  TextFacts,
} from '../config/results';

/** What is known of the stage whose students are there. */
export interface StageFacts {
  /** Sentences to try: those of a bundled text, some from a person's own, or held-out rows of a task. */
  examples: string[];
  text: TextFacts;
  /** Who teaches; null where nobody does. */
  teacher: (ModelSize & { shape: TeacherShape }) | null;
  arms: Record<string, ModelSize>;
  /** Seconds that an update is expected to take, before one has been timed. */
  secondsPerStep: number;
  sentence: string;
}

export interface Opened extends StageFacts {
  /** Tells this run from others under the same name. */
  birth: string;
  backend: BackendReport;
  experiment: Experiment;
  status: RunStatus;
  /** Tells its teachers and words from others of the same names. */
  fingerprint: string;
  /** Token strings by id, [V]. */
  vocabulary: string[];
  /** Shape of the teacher of words, of whom students are copied; null where there is none. */
  words: TeacherShape | null;
  history: RunHistory;
  recording: Recording;
  /** Steps of states on the way that stay, as `checkpointsKept` tells them. */
  checkpoints: number[];
  /** True where a saved run was taken up again. */
  resumed: boolean;
  /** True where there was one that no longer fits: another teacher, a text that is gone. */
  dropped: boolean;
  /** Why a saved run was set aside; null where none was. */
  setAside: Problem | null;
}

/** A teacher that was kept, as an experiment names it. */
export interface SavedAsTeacher {
  id: string;
  name: string;
  shape: TeacherShape;
}

export interface TokenPiece {
  token: string;
  id: number;
  /** True for a piece that continues a word (`##`). */
  continues: boolean;
}

export interface OpenRequest {
  experiment: Experiment;
  /** A backend to force. */
  backend: BackendName | null;
  /** The sentence to probe; null: the saved run's, or the usual one. */
  sentence: string | null;
  /**
   * Which saved run to take up: `any`: the newest, whatever it is; `exact`: this tab's or the newest, if it is of this very experiment;
   * `same`: this tab's, where only numbers have changed since (a reload, a worker that died); `none`: the run begins at
   * step 0; `fresh`: so it does, and what was kept of this tab's is forgotten.
   */
  resume: 'any' | 'exact' | 'same' | 'none' | 'fresh';
  /** Names this tab, so that tabs don't overwrite each other's runs. */
  tab: string;
  /** The tab that this one is a duplicate of, whose run it may take up under its own name; null for none. */
  copyOf: string | null;
  /** Address of the page, which `corpora/` and `teachers/` lie beside. */
  baseUrl: string;
  /**
   * The latest stage, counted from 0, that may be begun with where `resume` is `none`: at the end of the one before, if
   * this tab's run has been there under the same stages up to then; null: any. 0: from step 0.
   */
  from: number | null;
  /**
   * The step at which the run is to rest once it is open, where `resume` is `none`: what this tab's run had come to by then, on
   * the nearest state that is kept and done again from there. Refused as `forkNotKept` where that is not a run of which the
   * asked one is a fork. Null: none of that.
   */
  at: number | null;
  /** How far runs got after what was kept of them, by name, as the page noted it: not looked at yet (`parseReached`). */
  reached: Record<string, unknown>;
}

/** Every command with its payload and its reply. A command that fails rejects with a problem. */
export interface Commands {
  /** Chooses a backend, loads text, tokenizer and teacher, makes the arms. Ends a run that is open. */
  open: [OpenRequest, Opened];
  /**
   * Whether what a request begins with can be had: the end of the stage before the one that it names, `from`, or the run that it
   * is a fork of, `at`.
   */
  keepsStage: [OpenRequest, boolean];
  play: [Record<string, never>, RunStatus];
  pause: [Record<string, never>, RunStatus];
  /** One update, then pause. */
  step: [Record<string, never>, RunStatus];
  /** Upper bound of the speed in steps per second; null: as fast as it goes. */
  setSpeed: [{ stepsPerSecond: number | null }, null];
  /** Live numbers for the next update. */
  adjust: [NumberSetting[], null];
  probe: [{ sentence: string }, Probe];
  /** The whole held-out part; pauses the run. */
  evaluate: [Record<string, never>, EvaluationPoint];
  /** By model id (`teacher` or an arm's); pauses the run. */
  measureLatency: [Record<string, never>, Record<string, Latency>];
  /** How the time of a forward pass grows, by model; pauses the run. */
  measureCurves: [Record<string, never>, LatencyCurves];
  /** Whether the probabilities of every model can be believed, on the held-out part at hand; pauses the run. */
  calibrate: [Record<string, never>, Calibrations];
  /** What every model says of every held-out row of the task at hand; pauses the run. */
  guessHeldOut: [Record<string, never>, HeldOutGuesses];
  /** Training rows of the task at hand that hold what was typed, in either case of letters. */
  findRows: [{ text: string }, FoundRows];
  /** One training row, counted from 0, with its variants and what the task's teacher says of them. */
  variantsOf: [{ row: number }, VariedRow];
  /** How often the task's teacher keeps the label of all variants; null where nobody teaches it. Pauses the run. */
  judgeVariants: [Record<string, never>, LabelKept | null];
  /** Ends what was asked by `calibrate`, `measureCurves`, `guessHeldOut` or `judgeVariants`, which is then refused as `interrupted`. */
  stopGuessing: [Record<string, never>, null];
  /**
   * Whether somebody looks at how alike layers are. While that is so they are compared: at once, and every so often while
   * the run plays (`layersCompared`).
   */
  watchLayers: [{ watched: boolean }, null];
  /**
   * How often it is looked what each term gives to the gradient (`gradientsMeasured`), at once and while the run plays;
   * null: no more. A run that is opened knows nothing of it.
   */
  keepLedger: [LedgerSetting | null, null];
  tokenize: [{ text: string }, TokenPiece[]];
  /** The word as the vocabulary has it; refused where it can't be withheld from this text. */
  tryWithholding: [{ word: string }, string];
  /**
   * Checks a person's text; it is kept once an experiment that uses it is opened. `bytes` are transferred. `facts` are
   * null while no experiment is open. Another import ends the one before, which is then refused as `cancelled`.
   */
  importText: [{ name: string; bytes: ArrayBuffer }, { source: TextSource; facts: TextFacts | null }];
  /**
   * Looks at a file of labelled rows, which is kept in memory for what follows. `bytes` are transferred. Refused where
   * there is nothing to look at; what else is wrong is in the reply, since corrections may help.
   */
  importRows: [{ name: string; bytes: ArrayBuffer }, RowsLook];
  /** Looks at the same file, read as corrected. */
  previewRows: [RowsCorrections, RowsLook];
  /** Takes the rows as they were looked at last; they are kept once an experiment that uses them is opened. */
  acceptRows: [Record<string, never>, RowsSource];
  /** Reads a file of word vectors; those in use stay. */
  importVectors: [{ name: string; file: Blob; baseUrl: string }, VectorsFacts];
  /** Uses the vectors that were read last from now on, and keeps them. */
  acceptVectors: [Record<string, never>, null];
  /** Ours from now on: what was kept of a person's is deleted. */
  dropVectors: [Record<string, never>, null];
  /** Ends the import of a text, of rows or of vectors that is under way, if any. */
  cancelImport: [Record<string, never>, null];
  /** Keeps an arm's weights as a teacher for later experiments. */
  saveAsTeacher: [{ arm: string; name: string }, SavedAsTeacher];
  /** The page may be gone in a moment: a checkpoint as soon as that can be. */
  keep: [Record<string, never>, null];
  /** The models that `saveModel` knows. */
  savableModels: [Record<string, never>, SavableModels];
  /** A model as a zip of the folder that `transformers` loads, with its card; refused as `interrupted` at another step. */
  saveModel: [ModelToZip, { file: Blob }];
  /** The run as a file. */
  saveRunFile: [Record<string, never>, { file: Blob; step: number }];
  /** Opens a run from such a file. */
  openRunFile: [OpenRequest & { file: Blob }, Opened];
  /** Nothing of the open run is kept from now on: everything that is kept here is about to be erased. */
  stopKeeping: [Record<string, never>, null];
}

export type OpeningStage =
  | 'backend'
  | 'text'
  | 'tokenizer'
  | 'teacher'
  | 'students'
  | 'redoing'
  /** The teacher is tuned on a task: `loaded` of `total` updates, with the loss of the last. */
  | 'tuning'
  | 'augmentation'
  /** What a stage that is done has come to is measured. */
  | 'measuring';

/** How far something is that goes before a run, or before a stage of it. */
export interface Opening {
  stage: OpeningStage;
  /** Of `total`, in bytes for `teacher` and in pieces otherwise. */
  loaded: number;
  /** Null where unknown. */
  total: number | null;
  /** Nats, of `tuning`. */
  loss?: number;
}

export interface Events {
  /** While a run opens, or before the next stage of one that is open. */
  opening: Opening;
  /** While a run opens: whether there is a saved one, which comes back. */
  savedRunSought: { found: boolean };
  /** The next stage has begun, with these models. */
  stageBegan: { status: RunStatus; facts: StageFacts };
  /**
   * The worker lives. `busyFor`: it may be silent for so many milliseconds, since a long call comes; 0: that is over;
   * null: nothing new. `lock`: the Web Lock that it holds as long as it lives; null where there is none, or no news.
   */
  beat: { busyFor: number | null; lock: string | null };
  /** How far the import is, in bytes. */
  importing: { loaded: number; total: number };
  /** GPU programs compiled for the next update; training waits for them. All of them are done at `done` = `of`. */
  preparing: { done: number; of: number };
  /** Updates go on operation by operation, slower than they could. */
  slowed: { problem: Problem };
  /** Losses of the updates since the last event, at most ten events a second. */
  progressed: { status: RunStatus; points: StepPoint[] };
  /** Live numbers act from now on. */
  numbersChanged: { changes: NumberChange[] };
  evaluated: { point: EvaluationPoint };
  /** How alike layers are, where somebody looks. */
  layersCompared: { point: LikenessPoint };
  /** What each term gives to the gradient of the update that comes next. */
  gradientsMeasured: { point: LedgerPoint };
  /** It can't be kept, and is asked for no more. */
  ledgerClosed: { problem: Problem };
  /** How far the question is that `stopGuessing` ends, 0 to 1. */
  guessing: { share: number };
  probed: { probe: Probe };
  /** A probe of the run, as it was recorded. */
  recorded: Recorded;
  /** The sentence doesn't fit this tokenizer. */
  probeRefused: { problem: Problem };
  statusChanged: { status: RunStatus };
  checkpointSaved: { step: number };
  /** The states on the way that stay are those of these steps, in order: a run goes on otherwise from there at once. */
  checkpointsKept: { steps: number[] };
  /** Earlier runs had to make room for this one. */
  gaveWay: { runs: number };
  /** The browser keeps nothing; the run itself goes on. */
  notSaved: { problem: Problem };
  /** Something went wrong and was put right; the run goes on from `step`. */
  recovered: { problem: Problem; step: number; backend: BackendReport };
  /**
   * The run stopped. `restoredStep`: the step that the weights were taken back to. `fatal`: nothing can go on in this
   * worker.
   */
  failed: { problem: Problem; restoredStep: number | null; fatal: boolean };
}

export type CommandName = keyof Commands;
export type EventName = keyof Events;
export type CommandPayload<C extends CommandName> = Commands[C][0];
export type CommandReply<C extends CommandName> = Commands[C][1];
