import type { Bound } from '../methods/method';

/** The range of every number that a person can set; sliders, the schema and the URL codec all read it. */
const integer = (min: number, max: number): Bound => ({ min, max, integer: true });
const real = (min: number, max: number): Bound => ({ min, max, integer: false });

export const bounds = {
  arms: integer(1, 6),
  teachers: integer(1, 3),
  stages: integer(1, 8),
  layers: integer(1, 8),
  hiddenSize: integer(8, 512),
  heads: integer(1, 16),
  intermediateSize: integer(8, 2048),
  lossWeight: real(0, 100),
  temperature: real(0.25, 16),
  steps: integer(1, 100_000),
  batchSize: integer(1, 128),
  sequenceLength: integer(8, 128),
  accumulation: integer(1, 64),
  learningRate: real(0, 0.1),
  warmup: real(0, 1),
  weightDecay: real(0, 1),
  clipNorm: real(0.01, 1000),
  maskProbability: real(0.01, 0.9),
  dropout: real(0, 0.9),
  seed: integer(0, 4_294_967_295),
  /** Runs of one experiment that differ in their seed alone. */
  seeds: integer(1, 50),
  evaluateEvery: integer(1, 10_000),
  vocabularySize: integer(256, 8192),
  /** Labels and rows of a person's own task. */
  taskLabels: integer(2, 64),
  /** N_a: tries for each sentence that is varied. */
  augmentationTries: integer(1, 50),
  taskRows: integer(20, 100_000),
} satisfies Record<string, Bound>;

/** Above this share of characters lost to [UNK] a text has too little left for a model to learn from, 0 to 1. */
export const mostUnknown = 0.4;

/** Limits of a person's own text, in bytes of UTF-8. */
export const textBytes = { min: 1024, max: 10 * 1024 * 1024 };

/** Characters of a word that is withheld. */
export const longestWord = 40;

/** The largest file of a person's own rows, in bytes. */
export const mostRowsBytes = 32 * 1024 * 1024;

/** The largest teacher that is read from a file; BERT's large model has these sizes but for its 30,522 tokens. */
export const teacherBounds = {
  layers: 24,
  hiddenSize: 1024,
  heads: 16,
  intermediateSize: 4096,
  vocabularySize: 262_144,
  maxPositions: 8192,
} as const;
