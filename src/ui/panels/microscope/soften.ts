/**
 * The same logits at one T after another: what the temperature microscope draws follows from it. Float64; figures in nats.
 * One exponential for each logit and T, since this goes on while students train.
 */
import type { Slices } from '../../../data/work';
import { temperatureMarks } from '../../temperatureSteps';

export interface Logits {
  id: string;
  /** [V] */
  logits: ArrayLike<number>;
}

/** One model at one T. */
export interface Softened {
  id: string;
  /** ln Σⱼ exp(zⱼ/T), so that ln pᵢ = zᵢ/T − this. */
  logNormaliser: number;
  /** H(p), between 0 and ln V. */
  entropy: number;
  /** KL(teacher ‖ model), both at this T; null for the teacher itself and where there is none. */
  klFromTeacher: number | null;
  /** ‖q − p‖₂ of the model's probabilities q and the teacher's p; null like the KL. */
  distance: number | null;
}

/** All models at one T. */
export interface Softening {
  temperature: number;
  models: Softened[];
}

/** T of the curves: eight for each doubling, from 0.25 to 16, the marks of the scale among them. */
export const curveTemperatures: readonly number[] = temperatureMarks.flatMap((mark, i) =>
  i === temperatureMarks.length - 1
    ? [mark]
    : Array.from({ length: 8 }, (_, eighth) => mark * 2 ** (eighth / 8)),
);

const rungs = [0.5, 1, 2, 4, 8];

/** The T that stand side by side: five doublings, and the one that the page looks at, rising. */
export const ladder = (view: number): number[] =>
  [...new Set([...rungs, view])].sort((lower, higher) => lower - higher);

/** Probabilities of one model at T, into `into` [V]; returns its logNormaliser and its entropy. */
function spread(logits: ArrayLike<number>, temperature: number, into: Float64Array) {
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logits.length; i++) max = Math.max(max, logits[i]);
  let sum = 0;
  for (let i = 0; i < logits.length; i++) {
    into[i] = Math.exp((logits[i] - max) / temperature);
    sum += into[i];
  }
  let mean = 0;
  for (let i = 0; i < logits.length; i++) {
    into[i] /= sum;
    mean += into[i] * ((logits[i] - max) / temperature);
  }
  const entropy = Math.max(0, Math.log(sum) - mean);
  return { logNormaliser: max / temperature + Math.log(sum), entropy };
}

/** KL(p ‖ q) and ‖q − p‖₂ of two models at T, from their probabilities and logits, all [V]. */
function apart(
  teacher: { logits: ArrayLike<number>; p: Float64Array; logNormaliser: number },
  student: { logits: ArrayLike<number>; q: Float64Array; logNormaliser: number },
  temperature: number,
) {
  const shift = student.logNormaliser - teacher.logNormaliser;
  let kl = 0;
  let squares = 0;
  for (let i = 0; i < teacher.p.length; i++) {
    const p = teacher.p[i];
    if (p > 0) kl += p * ((teacher.logits[i] - student.logits[i]) / temperature + shift);
    squares += (student.q[i] - p) ** 2;
  }
  // Rounding can leave a tiny negative value where the two are equal.
  return { klFromTeacher: Math.max(0, kl), distance: Math.sqrt(squares) };
}

/**
 * All models at T > 0, compared with the teacher where there is one. All have logits of one vocabulary.
 * @param teacherId id of the teacher among the models
 */
export function soften(models: readonly Logits[], teacherId: string, temperature: number): Softening {
  const teacher = models.find(({ id }) => id === teacherId);
  const p = new Float64Array(teacher?.logits.length ?? 0);
  const ofTeacher = teacher && spread(teacher.logits, temperature, p);
  const q = new Float64Array(models[0]?.logits.length ?? 0);
  return {
    temperature,
    models: models.map(({ id, logits }) => {
      if (id === teacherId && ofTeacher) return { id, ...ofTeacher, klFromTeacher: null, distance: null };
      const own = spread(logits, temperature, q);
      const comparison =
        teacher && ofTeacher
          ? apart({ ...teacher, ...ofTeacher, p }, { logits, q, ...own }, temperature)
          : { klFromTeacher: null, distance: null };
      return { id, ...own, ...comparison };
    }),
  };
}

/** The same at each of several T, a slice each. */
export function* softenings(
  models: readonly Logits[],
  teacherId: string,
  temperatures: readonly number[] = curveTemperatures,
): Slices<Softening[]> {
  const all: Softening[] = [];
  for (const temperature of temperatures) {
    all.push(soften(models, teacherId, temperature));
    yield all.length / temperatures.length;
  }
  return all;
}

/** softmax(z / T) of one word with logit `logit`. */
export const probabilityOf = ({ logNormaliser }: Softened, logit: number, temperature: number) =>
  Math.exp(logit / temperature - logNormaliser);

/**
 * Times q − p it is the gradient of the soft loss by the student's logits: ∂KL(p ‖ q)/∂z_s = (q − p)/T, and of
 * L_ce = T² KL it is T (q − p) (Hinton et al. 2015, section 2).
 */
export const gradientFactor = (temperature: number, timesSquaredTemperature: boolean) =>
  timesSquaredTemperature ? temperature : 1 / temperature;

/** Place of a word by its logit, from 1; of equals the smaller index comes first. It is the same at every T. */
export function rankOf(logits: ArrayLike<number>, index: number): number {
  let rank = 1;
  for (let i = 0; i < logits.length; i++) {
    if (logits[i] > logits[index] || (logits[i] === logits[index] && i < index)) rank++;
  }
  return rank;
}

/** What T² KL(teacher ‖ student) comes to as T grows: ‖z_s − z̄_s − (z_t − z̄_t)‖² / (2V). */
export function softLossAtInfinity(teacher: ArrayLike<number>, student: ArrayLike<number>): number {
  let mean = 0;
  for (let i = 0; i < teacher.length; i++) mean += (student[i] - teacher[i]) / teacher.length;
  let squares = 0;
  for (let i = 0; i < teacher.length; i++) squares += (student[i] - teacher[i] - mean) ** 2;
  return squares / (2 * teacher.length);
}
