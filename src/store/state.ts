/** What the screen knows. The store holds this; panels read it through `usePlayground` and call its actions. */
import type { Arm, Experiment, RowsSource, TextSource } from '../config/experiment';
import type { LedgerSetting } from '../config/ledger';
import type { PresetName } from '../config/presets';
import type { Problem } from '../config/problems';
import type { RecordedFrame, Recording } from '../config/recording';
import type { HeldOutGuesses, VectorsFacts } from '../config/results';
import type { RowsCorrections, RowsLook } from '../config/rowsPreview';
import type { ModelToZip, SavableModels } from '../config/savable';
import type { Calibrations, LatencyCurves } from '../config/scores';
import type { TeacherShape } from '../config/teachers';
import type { FoundRows, LabelKept, VariedRow } from '../config/variants';
import type {
  BackendReport,
  EvaluationPoint,
  Latency,
  Opened,
  Opening,
  Probe,
  RunHistory,
  RunStatus,
  SavedAsTeacher,
  TextFacts,
  TokenPiece,
} from '../protocol/messages';
import type { Address } from './address';
import type { Thing } from './forking';
import type { LedgerRecord } from './ledgerRecord';
import type { LikenessRecord } from './likenessRecord';

export interface Notice {
  id: number;
  /** `error`: something stopped; `warning`: it goes on, differently; `info`: done. */
  tone: 'error' | 'warning' | 'info';
  problem?: Problem;
  /** Key under `notice.` where it is not a problem, with its figures. */
  message?: { key: string; values?: Record<string, string | number> };
  /** `run`: it speaks of the run in hand, and goes with it when another experiment is opened. */
  about?: 'run';
}

export type PanelName = 'predictions' | 'losses' | 'attention' | 'scoreboard' | 'softmaxLab';

/** Choices about showing, which change nothing in the run. */
export interface ViewState {
  /** The panel that fills the screen, if any. */
  fullPanel: PanelName | null;
  probabilityScale: 'linear' | 'log';
  lossScale: 'linear' | 'log';
  /** Width of the moving average of the loss curves, in entries; 1 is none. */
  smoothing: number;
  /** Arm, student block (from 1) and head (from 1) shown in the attention panel. */
  attention: { arm: string | null; block: number; head: number; of: 'scores' | 'probabilities' };
  softmaxLabOpen: boolean;
  /** T at which distributions are drawn; null: that of the first student that learns from the teacher. */
  temperature: number | null;
}

/** A moment of the past that is looked at. */
export interface Past {
  frame: RecordedFrame;
  step: number;
  /** Counted from 0. */
  stage: number;
  /** What models said then. */
  probe: Probe;
}

export interface PlaygroundState {
  phase: 'opening' | 'ready' | 'failed';
  /** How far an opening is, or what goes before the next stage of a run that is open. */
  opening: Opening | null;
  /** How far the file that is being imported is read, in bytes; null where none is. */
  importing: { loaded: number; total: number } | null;
  /** GPU programs that training waits for; null where it doesn't. */
  preparing: { done: number; of: number } | null;
  /** What is being run for the table of tasks (`filling.ts`); null where nothing is. */
  filling: Experiment | null;
  /** Whether what opens may be a saved run, which has steps that a change would lose. */
  mayReturn: boolean;
  /** Why nothing could be opened, in phase `failed`. */
  failure: Problem | null;
  experiment: Experiment;
  /** Why the live numbers on screen don't train: the run goes on with those before. Null where they do. */
  unapplied: Problem | null;
  /** The preset that the experiment started from. */
  preset: PresetName;
  status: RunStatus;
  /** Seconds that one step takes; `estimated` before any was measured. Null or absent where nothing is known. */
  pace: { secondsPerStep: number; estimated: boolean } | null;
  /** Null: as fast as it goes. */
  speed: number | null;
  backend: BackendReport | null;
  opened: Opened | null;
  history: RunHistory;
  /** The newest evaluation of each extent. */
  latestFull: EvaluationPoint | null;
  latestSample: EvaluationPoint | null;
  probe: Probe | null;
  /** What the models said on the way, for looking back; `shown.ts` reads it for whoever shows something. */
  recording: Recording;
  /** Steps of states on the way that stay: a fork at or after one of them goes on from there. */
  checkpoints: number[];
  /** The moment of it that is on screen; null: now. */
  past: Past | null;
  /** True while it is played back, and how fast, in times of the usual speed. */
  replaying: boolean;
  replaySpeed: number;
  sentence: string;
  sentenceProblem: Problem | null;
  latency: Record<string, Latency> | null;
  /** How alike layers were, as far as somebody looked at them. */
  likeness: LikenessRecord;
  /** What each term gives to the gradient, as far as it was looked at. */
  ledger: LedgerRecord;
  measuring: boolean;
  /** How far models are with what they are asked while the run rests, 0 to 1; null where they aren't asked. */
  guessing: number | null;
  notices: Notice[];
  view: ViewState;
}

export interface PlaygroundActions {
  /** Opens what the page's address asks for; once, before anything is shown. */
  begin(address: Address): void;
  play(): void;
  /** Resolves once the run rests. */
  pause(): Promise<void>;
  step(): void;
  reset(): void;
  /** Goes back to the end of the stage before `stage`, counted from 0, from where the run goes on. */
  goBackTo(stage: number): void;
  /**
   * Goes back to a step, from where a copy of an arm goes its own way with one thing changed, and plays on where that is wanted.
   * What can't be had is told, and the run goes on as it is. Resolves once one of the two is open.
   */
  fork(fork: NonNullable<Arm['fork']>, thing: Thing, plays: boolean): Promise<void>;
  setSpeed(stepsPerSecond: number | null): void;
  /** Shows the recorded step at or before this one; at the newest, or beyond, what is now. */
  seek(step: number): void;
  /** So many recorded steps on, or back where it is negative. */
  seekBy(frames: number): void;
  backToLive(): void;
  /** Plays back from the moment that is looked at, or from the beginning; ends it. */
  replay(): void;
  restReplay(): void;
  setReplaySpeed(times: number): void;
  choosePreset(preset: PresetName): void;
  /** A number that acts on the next step, by its path; what `isLive` says is none is left alone. */
  setNumber(path: string, value: number): void;
  /** T of every arm that softens anything in the stage that runs. */
  setTemperature(temperature: number): void;
  /** Applies a changed experiment; what it means for the run is worked out by comparing it with the present one. */
  applyExperiment(experiment: Experiment): void;
  setSentence(sentence: string): void;
  /**
   * What every model says of every held-out row of the task at hand; pauses the run. Rejects with a problem, `interrupted`
   * where it was ended.
   */
  guessHeldOut(): Promise<HeldOutGuesses>;
  /** Whether the probabilities of every model can be believed. Pauses and rejects as above. */
  calibrate(): Promise<Calibrations>;
  /** How the time of a forward pass grows, by model. Pauses and rejects as above. */
  measureCurves(): Promise<LatencyCurves>;
  /** How often the task's teacher keeps the label of all variants; null where nobody teaches it. Pauses and rejects as above. */
  judgeVariants(): Promise<LabelKept | null>;
  /** Ends any of the four. */
  stopGuessing(): void;
  /** A training row, counted from 0, with its variants and what the task's teacher says of them. */
  variantsOf(row: number): Promise<VariedRow>;
  /** Training rows that hold what was typed. */
  findRows(text: string): Promise<FoundRows>;
  /** Full held-out evaluation and latency of all models; pauses the run. */
  measure(): void;
  /** Whether somebody looks at how alike layers are; also to have them compared at once. */
  watchLayers(watched: boolean): void;
  /** How often it is looked what each term gives to the gradient; null: no more. */
  keepLedger(setting: LedgerSetting | null): void;
  tokenize(text: string): Promise<TokenPiece[]>;
  /** The word as the vocabulary has it; refused with a problem where it can't be withheld from the text in use. */
  tryWithholding(word: string): Promise<string>;
  /** The texts and teachers kept in this browser, newest first. */
  listTexts(): Promise<{ id: string; name: string; bytes: number }[]>;
  listTeachers(): Promise<{ id: string; name: string; created: number; shape: TeacherShape }[]>;
  /** Rejects with a ProblemError that says what is wrong with the text. */
  importText(name: string, bytes: ArrayBuffer): Promise<{ source: TextSource; facts: TextFacts | null }>;
  /** The rows and vectors of a person's own that are kept in this browser, newest first; of vectors one set at most. */
  listRows(): Promise<{ id: string; name: string; labels: number; rows: number; bytes: number }[]>;
  listVectors(): Promise<{ id: string; name: string; words: number; dimension: number }[]>;
  /** What a file of labelled rows is. Rejects with a ProblemError where there is nothing to look at. */
  importRows(name: string, bytes: ArrayBuffer): Promise<RowsLook>;
  /** The same file, read as corrected. */
  previewRows(corrections: RowsCorrections): Promise<RowsLook>;
  /** Takes the rows as they were looked at last. Rejects with a problem where they can't be. */
  acceptRows(): Promise<RowsSource>;
  /** Reads a file of word vectors. Rejects with a ProblemError that says what is wrong with it. */
  importVectors(file: File): Promise<VectorsFacts>;
  /** Uses the vectors that were read last from now on; where they can't be kept, that is told. */
  acceptVectors(): Promise<void>;
  /** Uses ours again, and deletes what was kept. */
  dropVectors(): Promise<void>;
  /** Ends the import that is under way; it rejects as cancelled. */
  cancelImport(): void;
  /** Resolves with the teacher that is kept now; null where that failed, and has been told. */
  saveAsTeacher(arm: string, name: string): Promise<SavedAsTeacher | null>;
  /** The run as a file, for a person to keep. Rejects with a problem. */
  saveRunFile(): Promise<void>;
  /** The models that `saveModel` knows. */
  savableModels(): Promise<SavableModels>;
  /** All held-out figures of now, measured where they aren't known; pauses the run. Rejects with a problem. */
  measureHeldOut(): Promise<EvaluationPoint>;
  /** Hands a model to the person as a zip. @returns its bytes. Rejects with a problem. */
  saveModel(model: ModelToZip): Promise<number>;
  /** Opens a run from such a file; rejects where it doesn't fit, and the present run stays. */
  openRunFile(file: Blob): Promise<void>;
  /** Nothing is kept of this page's run from now on. */
  stopKeeping(): Promise<void>;
  dismissNotice(id: number): void;
  setView(changes: Partial<ViewState>): void;
  /** A link that opens this experiment. */
  shareLink(): string;
  retry(): void;
}
