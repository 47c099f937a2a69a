/**
 * How programs for distillation write the soft loss down, each as one record: from a row of the teacher's and one of the
 * student's logits, [V] each, to a value and its gradient by the student's logits. One row, so that what is a mean over
 * rows is the row's own; weights beside it are left at 1. Float64; T > 0.
 *
 * Sources are places in the programs, read line by line; formulas are in the symbols of `i18n/formulaSymbols.ts`, and V.
 */
import { entropy, klDivergence, logSoftmax, softmax } from '../../softmax';

type Row = ArrayLike<number>;
const { raw } = String;

export const conventionIds = [
  'distilbert',
  'torchdistill',
  'keras',
  'textbrewer',
  'torchdistillAlone',
  'kerasBefore',
  'tinybert',
  'textbrewerSquared',
] as const;
export type ConventionId = (typeof conventionIds)[number];

export interface Convention {
  /** Program and function; names, which no language changes. */
  name: string;
  /** The same where there is little room. */
  short: string;
  source: { place: string; url: string };
  tex: string;
  /** What tells conventions apart. */
  compares: 'kl' | 'crossEntropy' | 'squares';
  timesSquaredT: boolean;
  /** Sum over the words, or their mean: divided by V. */
  over: 'sum' | 'mean';
  /** T where its user says nothing; null where one must be given. */
  defaultT: number | null;
  value(teacher: Row, student: Row, temperature: number): number;
  /** By the student's logits, [V]. */
  gradient(teacher: Row, student: Row, temperature: number): Float64Array;
}

/** KL(p ‖ q) at T, nats. */
const kl = (teacher: Row, student: Row, T: number) =>
  klDivergence(logSoftmax(teacher, T), logSoftmax(student, T));

/** −Σ p ln q at T, nats: KL(p ‖ q) + H(p). */
const crossEntropy = (teacher: Row, student: Row, T: number) =>
  kl(teacher, student, T) + entropy(logSoftmax(teacher, T));

/** Of either by the student's logits, since H(p) does not depend on them: (q − p)/T. */
function softGradient(teacher: Row, student: Row, T: number, factor: number): Float64Array {
  const p = softmax(teacher, T);
  return softmax(student, T).map((q, i) => (factor * (q - p[i])) / T);
}

/** Σ (z_s − z_t)²/T². */
const squares = (teacher: Row, student: Row, T: number) =>
  Array.from(teacher).reduce((sum, z, i) => sum + ((student[i] - z) / T) ** 2, 0);

/** Keras takes probabilities, and first raises those below this to it: its backend's epsilon. */
export const kerasFloor = 1e-7;

/** Σ p′ ln(p′/q′), p′ and q′ raised to the floor. It can be below 0, since they need not sum to 1. */
function kerasKl(teacher: Row, student: Row, T: number): number {
  const p = softmax(teacher, T);
  const q = softmax(student, T);
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const raised = Math.max(p[i], kerasFloor);
    sum += raised * Math.log(raised / Math.max(q[i], kerasFloor));
  }
  return sum;
}

/**
 * Of Keras's KL: a q below the floor is not seen to move, so that its word is left out of −Σ p′ ln q. With S = Σ p′ over
 * the words that are seen: (q S − p′)/T, and q S/T where a word is not.
 */
function kerasGradient(teacher: Row, student: Row, T: number, factor: number): Float64Array {
  const p = softmax(teacher, T);
  const q = softmax(student, T);
  const seen = p.map((value, i) => (q[i] >= kerasFloor ? Math.max(value, kerasFloor) : 0));
  const total = seen.reduce((sum, value) => sum + value, 0);
  return q.map((value, i) => (factor * (value * total - seen[i])) / T);
}

const klTex = raw`\operatorname{KL}\bigl(p_t(T) \,\|\, p_s(T)\bigr)`;
const crossEntropyTex = raw`p_t(T) \cdot \log p_s(T)`;
const github = (repository: string, path: string) => `https://github.com/${repository}/blob/${path}`;
const torchdistill = github('yoshitomo-matsubara/torchdistill', 'main/torchdistill/losses/mid_level.py');
const textbrewer = github('airaria/TextBrewer', 'master/src/textbrewer/losses.py');

/** T² KL, as two of the programs have it. */
const squaredTKl: Omit<Convention, 'name' | 'short' | 'source' | 'defaultT'> = {
  tex: raw`T^2 \, ${klTex}`,
  compares: 'kl',
  timesSquaredT: true,
  over: 'sum',
  value: (teacher, student, T) => T ** 2 * kl(teacher, student, T),
  gradient: (teacher, student, T) => softGradient(teacher, student, T, T ** 2),
};

export const conventions: Record<ConventionId, Convention> = {
  distilbert: {
    name: 'Hugging Face, DistilBERT',
    short: 'Hugging Face',
    source: {
      place: 'distiller.py:411-417',
      url: github('huggingface/transformers-research-projects', 'main/distillation/distiller.py'),
    },
    ...squaredTKl,
    defaultT: 2,
  },
  torchdistill: {
    name: 'torchdistill, with labels',
    short: 'torchdistill',
    source: { place: 'mid_level.py, KDLoss', url: torchdistill },
    ...squaredTKl,
    defaultT: null,
  },
  keras: {
    name: 'Keras, LogitsDistillation',
    short: 'Keras',
    source: {
      place: 'distillation_loss.py; losses.py, kl_divergence',
      url: github('keras-team/keras', 'master/keras/src/distillation/distillation_loss.py'),
    },
    tex: raw`T^2 \, ${klTex}`,
    compares: 'kl',
    timesSquaredT: true,
    over: 'sum',
    defaultT: 3,
    value: (teacher, student, T) => T ** 2 * kerasKl(teacher, student, T),
    gradient: (teacher, student, T) => kerasGradient(teacher, student, T, T ** 2),
  },
  textbrewer: {
    name: 'TextBrewer, kd_ce_loss',
    short: 'TextBrewer',
    source: { place: 'losses.py', url: textbrewer },
    tex: raw`-${crossEntropyTex}`,
    compares: 'crossEntropy',
    timesSquaredT: false,
    over: 'sum',
    defaultT: 4,
    value: crossEntropy,
    gradient: (teacher, student, T) => softGradient(teacher, student, T, 1),
  },
  torchdistillAlone: {
    name: 'torchdistill, without labels',
    short: 'torchdistill without labels',
    source: { place: 'mid_level.py, KDLoss with α = 0', url: torchdistill },
    tex: klTex,
    compares: 'kl',
    timesSquaredT: false,
    over: 'sum',
    defaultT: null,
    value: kl,
    gradient: (teacher, student, T) => softGradient(teacher, student, T, 1),
  },
  kerasBefore: {
    name: 'Keras, its first example',
    short: 'Keras at first',
    source: {
      place: 'knowledge_distillation.py; keras-io#869',
      url: 'https://github.com/keras-team/keras-io/issues/869',
    },
    tex: klTex,
    compares: 'kl',
    timesSquaredT: false,
    over: 'sum',
    defaultT: 3,
    value: kerasKl,
    gradient: (teacher, student, T) => kerasGradient(teacher, student, T, 1),
  },
  tinybert: {
    name: 'TinyBERT',
    short: 'TinyBERT',
    source: {
      place: 'task_distill.py:905-908, 969-970',
      url: github('huawei-noah/Pretrained-Language-Model', 'master/TinyBERT/task_distill.py'),
    },
    tex: raw`-\frac{1}{V} \, ${crossEntropyTex}`,
    compares: 'crossEntropy',
    timesSquaredT: false,
    over: 'mean',
    defaultT: 1,
    value: (teacher, student, T) => crossEntropy(teacher, student, T) / teacher.length,
    gradient: (teacher, student, T) => softGradient(teacher, student, T, 1 / teacher.length),
  },
  textbrewerSquared: {
    name: 'TextBrewer, kd_mse_loss',
    short: 'TextBrewer’s squares',
    source: { place: 'losses.py', url: textbrewer },
    tex: raw`\frac{1}{V} \sum_v \left(\frac{z_s - z_t}{T}\right)_v^2`,
    compares: 'squares',
    timesSquaredT: false,
    over: 'mean',
    defaultT: 4,
    value: (teacher, student, T) => squares(teacher, student, T) / teacher.length,
    gradient: (teacher, student, T) =>
      Float64Array.from(teacher, (z, i) => (2 * (student[i] - z)) / (T ** 2 * teacher.length)),
  },
};
