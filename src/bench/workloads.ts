/**
 * What the benchmark trains: a post-LN BERT encoder as teacher and a smaller one as student, the head tied to the
 * token embeddings, a feed-forward part of 4 d. The loss of one step, at temperature T,
 *
 *   T² KL(teacher ‖ student) + cross-entropy with the ids
 *   + Σ over the student's blocks of [ mean squared error of the attention scores QKᵀ/√d_k
 *                                    + mean squared error of the hidden states through one learned projection ],
 *
 * is a mean over all tokens (no padding); one Adam update of student and projection follows.
 */
import type { Arm, Experiment } from '../config/experiment';
import { defaultPreset, type PresetName, presets } from '../config/presets';
import { bundledTeachers } from '../config/teachers';

interface Encoder {
  layers: number;
  hiddenSize: number;
}

export interface Workload {
  name: string;
  vocabularySize: number;
  /** Tokens in a sequence. */
  sequenceLength: number;
  /** Sequences in a batch. */
  batchSize: number;
  /** Attention heads of teacher and student. */
  heads: number;
  teacher: Encoder;
  student: Encoder;
  /** Students that train side by side on one teacher pass; the peers run one. */
  arms: number;
  /** Set: not the step above, but the product's own training of this preset, which has the sizes given here. */
  preset?: PresetName;
  /** With `preset`: this student in place of the preset's. */
  arm?: Arm;
  /** With `preset`: a task in place of its text; so many labels, of one text or of two, each row a sequence of full length. */
  task?: { classes: number; pairs: boolean };
}

export const temperature = 2;

/** Adam as in its paper, eps added outside the root. */
export const adam = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

export const layerNormEpsilon = 1e-5;

const small: Workload = {
  name: 'small',
  vocabularySize: 512,
  sequenceLength: 16,
  batchSize: 16,
  heads: 4,
  teacher: { layers: 4, hiddenSize: 64 },
  student: { layers: 2, hiddenSize: 32 },
  arms: 1,
};
const mid: Workload = {
  name: 'mid',
  vocabularySize: 1024,
  sequenceLength: 32,
  batchSize: 16,
  heads: 4,
  teacher: { layers: 4, hiddenSize: 128 },
  student: { layers: 2, hiddenSize: 64 },
  arms: 1,
};
const large: Workload = {
  name: 'large',
  vocabularySize: 2048,
  sequenceLength: 64,
  batchSize: 32,
  heads: 8,
  teacher: { layers: 4, hiddenSize: 256 },
  student: { layers: 2, hiddenSize: 128 },
  arms: 1,
};

export const workloads = { small, mid, large, default: presetWorkload(defaultPreset) };
export type WorkloadName = keyof typeof workloads;
export const workloadNames = Object.keys(workloads) as WorkloadName[];

function presetWorkload(preset: PresetName): Workload {
  const { teacher: source, training, arms }: Experiment = presets[preset];
  if (source.kind !== 'bundled') throw new Error('Presets use a bundled teacher.');
  const teacher = bundledTeachers[source.id];
  return {
    name: 'default',
    vocabularySize: teacher.vocabularySize,
    sequenceLength: training.sequenceLength,
    batchSize: training.batchSize,
    heads: teacher.heads,
    teacher,
    student: arms[0].student,
    arms: arms.length,
    preset,
  };
}

/** `mid` with one size changed at a time, to see how the time of a step grows. With one arm it is `mid` itself. */
export const growthWorkloads: Workload[] = [
  variant('arms=1', {}),
  ...[32, 128].map((hiddenSize) =>
    variant(`width=${hiddenSize}`, {
      student: { ...mid.student, hiddenSize },
      teacher: { ...mid.teacher, hiddenSize: 2 * hiddenSize },
    }),
  ),
  ...[1, 4].map((layers) => variant(`depth=${layers}`, { student: { ...mid.student, layers } })),
  ...[512, 2048].map((vocabularySize) => variant(`vocabulary=${vocabularySize}`, { vocabularySize })),
  ...[16, 64].map((sequenceLength) => variant(`length=${sequenceLength}`, { sequenceLength })),
  ...[8, 32].map((batchSize) => variant(`batch=${batchSize}`, { batchSize })),
  ...[2, 3].map((arms) => variant(`arms=${arms}`, { arms })),
];

function variant(change: string, sizes: Partial<Workload>): Workload {
  return { ...mid, ...sizes, name: `mid:${change}` };
}

/** The teacher's block, counted from 0, that student block `m` (from 0) learns from. */
export const teacherBlock = (m: number, { teacher, student }: Workload) =>
  Math.floor(((m + 1) * teacher.layers) / student.layers) - 1;

/** Tokens that one step trains on. */
export const tokensPerStep = ({ batchSize, sequenceLength }: Workload) => batchSize * sequenceLength;

/**
 * Floating-point operations of one step by formula: the matrix products of every forward pass, twice more for a
 * student's backward pass. tokens · [teacher + 3 Σ students], each encoder layers (24 d² + 4 L d) + 2 d V.
 */
export function stepFlop(workload: Workload): number {
  const { teacher, student, vocabularySize, sequenceLength, arms } = workload;
  const forward = ({ layers, hiddenSize: d }: Encoder) =>
    layers * (24 * d * d + 4 * sequenceLength * d) + 2 * d * vocabularySize;
  return tokensPerStep(workload) * (forward(teacher) + 3 * arms * forward(student));
}
