import { teacherModel } from '../../../config/modelIds';
import type { Probe } from '../../../protocol/messages';
import { entropy, klDivergence, logSoftmax, topIndices } from '../../softmax';

/** What one model answers at the mask, at one T. */
export interface Reading {
  id: string;
  /** [V] */
  probabilities: Float64Array;
  /** Of its distribution, nats. */
  entropy: number;
  /** KL(teacher ‖ model), nats; null for the teacher itself and where there is none. */
  klFromTeacher: number | null;
  /** Token id of its first guess. */
  best: number;
}

/** Softens the logits of all models at T. */
export function readProbe(models: Probe['models'], temperature: number): Reading[] {
  const softened = models.map(({ id, logits }) => ({ id, logP: logSoftmax(logits, temperature) }));
  const teacher = softened.find(({ id }) => id === teacherModel);
  return softened.map(({ id, logP }) => ({
    id,
    probabilities: logP.map(Math.exp),
    entropy: entropy(logP),
    klFromTeacher: teacher && id !== teacherModel ? klDivergence(teacher.logP, logP) : null,
    best: topIndices(logP, 1)[0],
  }));
}

/**
 * Token ids to show, in order: the teacher's `count` best. Without a teacher, the best of the models' mean
 * probability; as that moves while they train, a token of `previous` keeps its place while it is among twice as
 * many, so that bars don't jump.
 */
export function shownTokens(readings: Reading[], count: number, previous: number[]): number[] {
  const teacher = readings.find(({ id }) => id === teacherModel);
  if (teacher) return topIndices(teacher.probabilities, count);
  if (readings.length === 0) return [];
  const mean = readings[0].probabilities.map((_, token) =>
    readings.reduce((sum, { probabilities }) => sum + probabilities[token] / readings.length, 0),
  );
  const candidates = topIndices(mean, 2 * count);
  const kept = new Set(previous.filter((token) => candidates.includes(token)));
  const fresh = candidates.filter((token) => !kept.has(token));
  const places = previous.length > 0 ? previous : candidates.slice(0, count);
  return places.flatMap((token) => (kept.has(token) ? [token] : fresh.splice(0, 1)));
}

const limits = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];

/**
 * Right end of the linear axis for a longest bar of `largest`: grows at once, and shrinks only when the bars would
 * fill less than 80 % of the smaller range, so that it holds still while people read.
 */
export function axisLimit(largest: number, previous: number | null): number {
  const needed = limits.find((limit) => largest <= limit) ?? 1;
  if (previous === null || needed >= previous) return needed;
  return limits.find((limit) => largest <= 0.8 * limit && limit < previous) ?? previous;
}

/** Left end of the logarithmic axis; smaller probabilities are drawn as nothing. */
export const smallestShown = 1e-4;

/** Length of a bar as a share of the axis, 0 to 1. */
export const barLength = (probability: number, scale: 'linear' | 'log', limit: number) =>
  scale === 'linear'
    ? Math.min(1, probability / limit)
    : Math.max(0, 1 - Math.log(Math.max(probability, smallestShown)) / Math.log(smallestShown));

/** A line for each model and answer that is shown: name, answer, probability, T, and of the model entropy and KL. */
export const probabilityLines = (
  readings: readonly Reading[],
  models: readonly { id: string; name: string }[],
  shown: readonly number[],
  vocabulary: readonly string[],
  temperature: number,
): (string | number | null)[][] =>
  readings.flatMap(({ id, probabilities, entropy, klFromTeacher }) =>
    shown.map((token) => [
      models.find((model) => model.id === id)?.name ?? id,
      vocabulary[token],
      probabilities[token],
      temperature,
      entropy,
      klFromTeacher,
    ]),
  );
