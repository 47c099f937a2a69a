/**
 * methods.json: value and gradients of every loss term on one batch with padding, from PyTorch in float64
 * (tools/golden/methods.py says what each term computes and after whose program).
 *
 *     it.each(casesOf('jsd'))('is that of PyTorch: $settings', async ({ settings, value, gradients }) => {
 *       ... tensorOf(input('studentLogits')) ... settings.beta ... tensorCloseTo(grad, gradients.studentLogits!) ...
 *
 * B sequences of L tokens, `lengths` of them real; N = B·L rows, sequence after sequence. V words, d_S and d_T hidden
 * sizes of student and teacher, H heads. Inputs are float32 numbers; rows and entries of padding hold numbers too.
 */
import type { Golden } from '../support/closeTo';
import data from './methods.json';

type Level = 0 | 1 | 2;
type Block = 0 | 1;
type Vectors = 'Queries' | 'Keys' | 'Values';

export type InputName =
  /** [N, V]. */
  | 'studentLogits'
  | 'teacherLogits'
  | 'secondTeacherLogits'
  | 'peerLogits'
  /** [N, d_S]; level 0 is the embeddings' output. */
  | `studentHidden${Level}`
  /** [N, d_T]: a student as wide as the teacher, and the teacher's levels that are mapped to 0, 1 and 2. */
  | `wideStudentHidden${Level}`
  | `teacherHidden${Level}`
  /** [d_T, d_S] and [d_T]. */
  | `projection${Level}.${'weight' | 'bias'}`
  /** [d_T, d_T] and [d_T]. */
  | `wideProjection.${'weight' | 'bias'}`
  /** QKᵀ/√k without the mask, [B, H, L, L]; `threeHeadScores`, of a teacher with three heads, [B, 3, L, L]. */
  | `studentScores${Block}`
  | `teacherScores${Block}`
  | `threeHeadScores${Block}`
  /** [N, d_S] and [N, d_T]: all heads of a row side by side. */
  | `student${Vectors}`
  | `teacher${Vectors}`
  /** [1]. */
  | 'theta';

/** Rows that the mean is over: every token that is not padding, or the labelled ones. */
type Positions = 'all' | 'masked';
/** Padding is part of the mean, as in the authors' code, or only real tokens (pairs of them) are. */
type Padding = 'counted' | 'leftOut';
/** Over all real tokens of the batch, or over those of a sequence and then over sequences. */
type SequenceMean = 'tokens' | 'sequences';

interface HiddenSettings {
  /** `narrow`: studentHidden; `equal`: wideStudentHidden. */
  width: 'narrow' | 'equal';
  /** `shared`: projection0, or wideProjection; `perLevel`: projection m for level m; `none`: as it is. */
  projection: 'shared' | 'perLevel' | 'none';
  padding: Padding;
}

interface DecoupledSettings {
  temperature: number;
  factor: number;
  positions: Positions;
}

/** What the cases of each term differ in. `factor` (T² or 1) is in the value already. */
interface Settings {
  ce: {
    form: 'kl' | 'crossEntropy';
    teacherTemperature: number;
    studentTemperature: number;
    factor: number;
    positions: Positions;
  };
  mlm: object;
  mse: { positions: Positions };
  /** wideStudentHidden2 with teacherHidden2. */
  cos: object;
  pred: { temperature: number; mean: 'rows' | 'rowsAndClasses' };
  pseudo: { positions: Positions };
  jsd: { beta: number; temperature: number; positions: Positions };
  tckd: DecoupledSettings;
  nckd: DecoupledSettings;
  standardised: { temperature: number; factor: number; positions: Positions };
  /** phi: what the teacher's logits are multiplied with. */
  annealing: { phi: number };
  /** `temperature` is what theta gives; `lambda` has multiplied the gradient of theta, and of nothing else. */
  ctkd: { temperature: number; lambda: number };
  ensemble: { of: 'probabilities' | 'logits'; temperature: number; factor: number };
  dml: object;
  /** Level 0. */
  embd: HiddenSettings;
  /** The sum of levels 1 and 2. */
  hidn: HiddenSettings;
  /** The sum of both blocks. A list of heads: student head i has the teacher's head heads[i], counted from 0. */
  attn: {
    transform: 'scores' | 'probabilities';
    padding: Padding;
    heads: 'each' | 'mean' | number[];
    /** 2: teacherScores; 3: threeHeadScores. */
    teacherHeads: number;
  };
  /** Scores of block 1. */
  minilm: { part: 'attention' | 'values' | 'both'; mean: SequenceMean };
  minilmv2: { relation: 'queries' | 'keys' | 'values' | 'all'; relationHeads: number };
  /** Levels 1 and 2 of wideStudentHidden at each sequence's first row. */
  pkd: { normalised: boolean };
}

export type MethodTerm = keyof Settings;

export interface MethodCase<T extends MethodTerm = MethodTerm> {
  term: T;
  settings: Settings[T];
  value: number;
  /** By the inputs that the student (or theta) brings into the term. */
  gradients: Partial<Record<InputName, Golden>>;
}

interface MethodGoldens {
  sizes: { B: number; L: number; V: number; H: number; studentWidth: number; teacherWidth: number };
  /** Real tokens of each sequence, [B]. */
  lengths: number[];
  /** 1 where a row is no padding, [N]. */
  mask: number[];
  /** The token of the text, [N]; 0 at padding. */
  gold: number[];
  /** The token of the text where it is asked, −100 elsewhere, [N]. */
  labels: number[];
  inputs: Record<InputName, Golden>;
  cases: MethodCase[];
}

export const methods = data as unknown as MethodGoldens;

/** @throws Error where there is no such input */
export function input(name: InputName): Golden {
  const found = methods.inputs[name];
  if (!found) throw new Error(`methods.json has no input ${name}.`);
  return found;
}

/**
 * The cases of a term that have these settings.
 * @throws Error where there is none: a test over no case would pass
 */
export function casesOf<T extends MethodTerm>(term: T, settings: Partial<Settings[T]> = {}): MethodCase<T>[] {
  const wanted = Object.entries(settings);
  const cases = (methods.cases as MethodCase<T>[]).filter(
    (one) =>
      one.term === term &&
      wanted.every(([name, value]) => String(one.settings[name as keyof Settings[T]]) === String(value)),
  );
  if (cases.length === 0) throw new Error(`methods.json has no case of ${term} ${JSON.stringify(settings)}.`);
  return cases;
}

/**
 * The one case of a term that has these settings.
 * @throws Error where there is none, or more than one
 */
export function caseOf<T extends MethodTerm>(term: T, settings: Partial<Settings[T]> = {}): MethodCase<T> {
  const cases = casesOf(term, settings);
  if (cases.length > 1) {
    throw new Error(`methods.json has ${cases.length} cases of ${term} ${JSON.stringify(settings)}.`);
  }
  return cases[0];
}
