import type { Arm } from '../../../config/experiment';
import { learnsFromTeacher } from '../../../config/objective';
import type { EvaluationPoint, HeldOut, Latency, ModelSize } from '../../../protocol/messages';
import { differenceMargin, fewestWords, meansMargin, ratioWithMargin } from '../../margins';

/** Where the words of figures lie: masked words are filled in, or rows of a task labelled. */
export type ScoreWords = 'scoreboard' | 'scoreboard.task';

/** The evaluation that the table shows: the later one, and of two at the same step that of all held-out text. */
export function evaluationShown(
  full: EvaluationPoint | null,
  sample: EvaluationPoint | null,
): EvaluationPoint | null {
  return full && full.step >= (sample?.step ?? 0) ? full : sample;
}

/** What is measured of one model; null where it isn't yet. */
export interface Measured {
  size: ModelSize | null;
  latency: Latency | null;
  quality: HeldOut | null;
}

/** A value with the margin that it holds within; null where the margin is not known. */
export interface Told {
  value: number;
  margin: number | null;
}

/** An arm against the teacher; null where one of the two isn't measured. */
export interface Verdict {
  /** Parameters, arm / teacher: exact. */
  size: number | null;
  /** How many times as fast, below 1 slower; `alike` where the middle halves of the times overlap. */
  speed: number | 'alike' | null;
  /** Masked words right, arm / teacher; `few` where there are too few words to say. */
  kept: Told | 'few' | null;
}

/** `words`: the masked words that the quality of both was measured on. */
export const verdict = (arm: Measured, teacher: Measured, words: number): Verdict => ({
  size: arm.size && teacher.size && arm.size.parameters / teacher.size.parameters,
  speed: arm.latency && teacher.latency && speedUp(arm.latency, teacher.latency),
  kept: arm.quality && teacher.quality && keptOf(arm.quality, teacher.quality, words),
});

function speedUp(arm: Latency, teacher: Latency): number | 'alike' {
  const [[low, high], [teacherLow, teacherHigh]] = [arm.batch1Middle, teacher.batch1Middle];
  if (low <= teacherHigh && teacherLow <= high) return 'alike';
  return teacher.batch1Ms / arm.batch1Ms;
}

function keptOf(arm: HeldOut, teacher: HeldOut, words: number): Told | 'few' {
  const apart = arm.agreement === null ? 1 : 1 - arm.agreement;
  const told = ratioWithMargin({ first: arm.accuracy, second: teacher.accuracy, apart, words });
  return told ? { value: told.ratio, margin: told.margin } : 'few';
}

/** The arm without a teacher that has the same student and the same start as `arm`. */
export function twinOf(arm: Arm, arms: Arm[]): Arm | null {
  if (!learnsFromTeacher(arm)) return null;
  const start = ({ student, initialisation }: Arm) => JSON.stringify([student, initialisation]);
  return arms.find((other) => !learnsFromTeacher(other) && start(other) === start(arm)) ?? null;
}

export interface Gain {
  /** Nats. */
  kl: Told;
  /** Share of the masked words right. */
  accuracy: Told;
}

/** What distilling brought, distilled − twin, both on the same `words`; null where there is too little to say. */
export function gain(distilled: HeldOut | null, twin: HeldOut | null, words: number): Gain | null {
  if (!distilled || !twin || words < fewestWords) return null;
  if (distilled.klToTeacher === null || twin.klToTeacher === null) return null;
  return {
    kl: {
      value: distilled.klToTeacher - twin.klToTeacher,
      margin: meansMargin(distilled.klError, twin.klError),
    },
    accuracy: {
      value: distilled.accuracy - twin.accuracy,
      margin: differenceMargin({
        first: distilled.accuracy,
        second: twin.accuracy,
        apart: mostApart(distilled, twin),
        words,
      }),
    },
  };
}

/** Most of the words on which two models can answer differently: each as the teacher on so many. */
export const mostApart = (first: HeldOut, second: HeldOut): number =>
  first.agreement === null || second.agreement === null
    ? 1
    : Math.min(1, 2 - first.agreement - second.agreement);

/** True where a difference is smaller than its doubt. */
export const isWithinDoubt = ({ value, margin }: Told) => margin !== null && Math.abs(value) <= margin;

/** Arms whose students have one shape, in the order of the first of each: they cost the same. */
export function byShape(arms: readonly Arm[]): Arm[][] {
  const groups = new Map<string, Arm[]>();
  for (const arm of arms) {
    const key = JSON.stringify(arm.student);
    groups.set(key, [...(groups.get(key) ?? []), arm]);
  }
  return [...groups.values()];
}
