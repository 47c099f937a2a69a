/**
 * What crosses the worker boundary: commands go in (imperative), events come out (past tense). Numbers, plain
 * objects and transferred buffers only, never tensors. Dimension letters: L tokens, V vocabulary, H heads.
 */
import type { Experiment, LossTerm, Objective, TextSource } from '../config/experiment';
import type { Problem } from '../config/problems';
import type { TeacherShape } from '../config/teachers';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

/** The backend that a run is on, and why. */
export interface BackendReport {
  name: BackendName;
  /** `adapter`: a real GPU was found. The others say why it is not WebGPU, or that the URL asked for this one. */
  reason: 'adapter' | 'forced' | 'noWebgpu' | 'noAdapter' | 'softwareAdapter' | 'noWasm' | 'webgpuFailed';
  /** The GPU's own description, where there is one. */
  adapter: string | null;
  /** True where WebGPU is emulated on the CPU. */
  software: boolean;
  /** Threads of the WASM backend; 1 on the others. */
  threads: number;
}

export type RunState = 'paused' | 'playing' | 'finished';

export interface RunStatus {
  state: RunState;
  /** Updates done so far. */
  step: number;
  steps: number;
  /** Median of the last updates; null before the second one. */
  stepsPerSecond: number | null;
}

/** The losses of one arm at one step. A term is absent where the arm doesn't compute it. */
export interface ArmLosses {
  /** The weighted sum. */
  total: number;
  terms: Partial<Record<LossTerm, number>>;
  /** Global norm of the gradient before clipping; null for held-out values. */
  gradientNorm: number | null;
}

export interface StepPoint {
  step: number;
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
}

/** Mean squared error of attention per student block and head: `[block][head]`. */
export interface AttentionDistance {
  /** Of the scores QKᵀ/√d_k before the softmax, at pairs of tokens that are not padding. */
  scores: number[][];
  /** Of the probabilities after the softmax, at the same pairs. */
  probabilities: number[][];
}

export interface EvaluationPoint {
  step: number;
  /** `sample`: a fixed part of the held-out text, while training; `full`: all of it. */
  extent: 'sample' | 'full';
  sequences: number;
  maskedWords: number;
  teacher: HeldOut | null;
  arms: Record<string, HeldOut & { losses: ArmLosses; attention: AttentionDistance | null }>;
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
  /** `teacher`, or the arm's id. */
  id: string;
  /** Logits at the mask, [V]; the page softens them itself. */
  logits: Float32Array;
  attention: ProbeAttention;
}

export interface Probe {
  step: number;
  sentence: string;
  /** The L tokens of the sentence, [CLS] and [SEP] included. */
  tokens: string[];
  /** Index of [MASK] among them. */
  maskIndex: number;
  models: ProbeModel[];
  /** Words of the sentence that the vocabulary can't spell, shown as [UNK]. */
  unknownWords: string[];
}

export interface ModelSize {
  parameters: number;
  /** Bytes of the weights in float32. */
  bytes: number;
}

/** Median time of the forward pass alone, training paused, in milliseconds. */
export interface Latency {
  batch1Ms: number;
  batch32Ms: number;
  runs: number;
}

export interface TextFacts {
  texts: number;
  trainSequences: number;
  heldOutSequences: number;
  words: number;
}

export interface RunHistory {
  steps: StepPoint[];
  evaluations: EvaluationPoint[];
  /** How many updates one entry of `steps` is the mean of. */
  stepsPerEntry: number;
}

export interface Opened {
  backend: BackendReport;
  experiment: Experiment;
  status: RunStatus;
  /** Token strings by id, [V]. */
  vocabulary: string[];
  text: TextFacts;
  teacher: (ModelSize & { shape: TeacherShape }) | null;
  arms: Record<string, ModelSize>;
  history: RunHistory;
  /** True where a saved run was taken up again. */
  resumed: boolean;
}

/** Numbers that act on the very next step. */
export interface Adjustment {
  learningRate?: number;
  arms?: Record<string, { temperature?: number; objective?: Objective }>;
}

export interface TokenPiece {
  token: string;
  id: number;
  /** True for a piece that continues a word (`##`). */
  continues: boolean;
}

/** Every command with its payload and its reply. A command that fails rejects with a problem. */
export interface Commands {
  /** Chooses a backend, loads text, tokenizer and teacher, makes the arms. Ends a run that is open. */
  open: [{ experiment: Experiment; backend: BackendName | null; sentence: string; resume: boolean }, Opened];
  play: [Record<string, never>, RunStatus];
  pause: [Record<string, never>, RunStatus];
  /** One update, then pause. */
  step: [Record<string, never>, RunStatus];
  /** Back to step 0 with the same seed. */
  reset: [Record<string, never>, Opened];
  /** Upper bound of the speed in steps per second; null: as fast as it goes. */
  setSpeed: [{ stepsPerSecond: number | null }, void];
  adjust: [Adjustment, void];
  probe: [{ sentence: string }, Probe];
  /** The whole held-out part; pauses the run. */
  evaluate: [Record<string, never>, EvaluationPoint];
  /** By model id (`teacher` or an arm's); pauses the run. */
  measureLatency: [Record<string, never>, Record<string, Latency>];
  tokenize: [{ text: string }, TokenPiece[]];
  /** Checks and keeps a person's text. `bytes` are transferred. */
  importText: [{ name: string; bytes: ArrayBuffer }, { source: TextSource; facts: TextFacts }];
  /** Keeps an arm's weights as a teacher for later experiments. */
  saveAsTeacher: [{ arm: string; name: string }, { id: string }];
}

export type OpeningStage = 'backend' | 'text' | 'tokenizer' | 'teacher' | 'students';

export interface Events {
  /** `loaded` of `total`, in bytes for `teacher` and in pieces otherwise; `total` is null where unknown. */
  opening: { stage: OpeningStage; loaded: number; total: number | null };
  /** Losses of the updates since the last event, at most ten events a second. */
  progressed: { status: RunStatus; points: StepPoint[] };
  evaluated: { point: EvaluationPoint };
  probed: { probe: Probe };
  statusChanged: { status: RunStatus };
  checkpointSaved: { step: number };
  /** Something went wrong and was put right; the run goes on from `step`. */
  recovered: { problem: Problem; step: number; backend: BackendReport };
  /** The run stopped. `restoredStep`: the step that the weights were taken back to, where they had to be. */
  failed: { problem: Problem; restoredStep: number | null };
}

export type CommandName = keyof Commands;
export type EventName = keyof Events;
export type CommandPayload<C extends CommandName> = Commands[C][0];
export type CommandReply<C extends CommandName> = Commands[C][1];
