/**
 * What crosses the worker boundary: commands go in (imperative), events come out (past tense). Numbers, plain
 * objects and transferred buffers only, never tensors.
 */
import type { Experiment, TextSource } from '../config/experiment';
import type { Problem } from '../config/problems';
import type {
  Adjustment,
  BackendName,
  BackendReport,
  EvaluationPoint,
  Latency,
  ModelSize,
  Probe,
  RunHistory,
  RunStatus,
  StepPoint,
  TextFacts,
} from '../config/results';
import type { TeacherShape } from '../config/teachers';

export type {
  Adjustment,
  ArmLosses,
  AttentionDistance,
  BackendName,
  BackendReport,
  EvaluationPoint,
  HeldOut,
  Latency,
  ModelSize,
  NumberChange,
  Probe,
  ProbeAttention,
  ProbeModel,
  RunHistory,
  RunState,
  RunStatus,
  StepPoint,
  TextFacts,
} from '../config/results';

export interface Opened {
  backend: BackendReport;
  experiment: Experiment;
  status: RunStatus;
  /** Sentences to try, from a person's own text; empty for the bundled one. */
  examples: string[];
  /** Token strings by id, [V]. */
  vocabulary: string[];
  text: TextFacts;
  teacher: (ModelSize & { shape: TeacherShape }) | null;
  arms: Record<string, ModelSize>;
  history: RunHistory;
  /** True where a saved run was taken up again. */
  resumed: boolean;
  /** True where there was one that no longer fits: another teacher, a text that is gone. */
  dropped: boolean;
  sentence: string;
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
   * Which saved run to take up: `any`: the newest, whatever it is; `exact`: the newest of this very experiment;
   * `same`: this tab's, where only numbers have changed since (a reload, a worker that died); `none`.
   */
  resume: 'any' | 'exact' | 'same' | 'none';
  /** Names this tab, so that tabs don't overwrite each other's runs. */
  tab: string;
  /** Address of the page, which `corpora/` and `teachers/` lie beside. */
  baseUrl: string;
}

/** Every command with its payload and its reply. A command that fails rejects with a problem. */
export interface Commands {
  /** Chooses a backend, loads text, tokenizer and teacher, makes the arms. Ends a run that is open. */
  open: [OpenRequest, Opened];
  play: [Record<string, never>, RunStatus];
  pause: [Record<string, never>, RunStatus];
  /** One update, then pause. */
  step: [Record<string, never>, RunStatus];
  /** Back to step 0 with the same seed. */
  reset: [Record<string, never>, Opened];
  /** Upper bound of the speed in steps per second; null: as fast as it goes. */
  setSpeed: [{ stepsPerSecond: number | null }, null];
  adjust: [Adjustment, null];
  probe: [{ sentence: string }, Probe];
  /** The whole held-out part; pauses the run. */
  evaluate: [Record<string, never>, EvaluationPoint];
  /** By model id (`teacher` or an arm's); pauses the run. */
  measureLatency: [Record<string, never>, Record<string, Latency>];
  tokenize: [{ text: string }, TokenPiece[]];
  /**
   * Checks a person's text; it is kept once an experiment that uses it is opened. `bytes` are transferred. `facts` are
   * null while no experiment is open. Another import ends the one before, which is then refused as `cancelled`.
   */
  importText: [{ name: string; bytes: ArrayBuffer }, { source: TextSource; facts: TextFacts | null }];
  /** Ends the import that is under way, if any. */
  cancelImport: [Record<string, never>, null];
  /** Keeps an arm's weights as a teacher for later experiments. */
  saveAsTeacher: [{ arm: string; name: string }, { id: string }];
}

export type OpeningStage = 'backend' | 'text' | 'tokenizer' | 'teacher' | 'students';

export interface Events {
  /** `loaded` of `total`, in bytes for `teacher` and in pieces otherwise; `total` is null where unknown. */
  opening: { stage: OpeningStage; loaded: number; total: number | null };
  /** How far the import is, in bytes. */
  importing: { loaded: number; total: number };
  /** GPU programs compiled for the next update; training waits for them. All of them are done at `done` = `of`. */
  preparing: { done: number; of: number };
  /** Updates go on operation by operation, slower than they could. */
  slowed: { problem: Problem };
  /** Losses of the updates since the last event, at most ten events a second. */
  progressed: { status: RunStatus; points: StepPoint[] };
  evaluated: { point: EvaluationPoint };
  probed: { probe: Probe };
  /** The sentence doesn't fit this tokenizer. */
  probeRefused: { problem: Problem };
  statusChanged: { status: RunStatus };
  checkpointSaved: { step: number };
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
