import type { Arm } from '../../../config/experiment';
import { learnsFromTeacher } from '../../../config/experiment';
import type { EvaluationPoint, HeldOut, Latency, ModelSize } from '../../../protocol/messages';

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

/** An arm against the teacher, as ratios arm / teacher; null where one of the two isn't measured. */
export interface Verdict {
  size: number | null;
  /** Of the time of one sentence: below 1 is faster. */
  time: number | null;
  /** Of the held-out masked-word accuracy. */
  kept: number | null;
}

const ratio = (of: number | undefined, to: number | undefined) =>
  of === undefined || to === undefined || to === 0 ? null : of / to;

export const verdict = (arm: Measured, teacher: Measured): Verdict => ({
  size: ratio(arm.size?.parameters, teacher.size?.parameters),
  time: ratio(arm.latency?.batch1Ms, teacher.latency?.batch1Ms),
  kept: ratio(arm.quality?.accuracy, teacher.quality?.accuracy),
});

/** The arm without a teacher that has the same student and the same start as `arm`. */
export function twinOf(arm: Arm, arms: Arm[]): Arm | null {
  if (!learnsFromTeacher(arm)) return null;
  const start = ({ student, initialisation }: Arm) => JSON.stringify([student, initialisation]);
  return arms.find((other) => !learnsFromTeacher(other) && start(other) === start(arm)) ?? null;
}

/** What distilling brought: differences distilled − twin; `kl` in nats, `accuracy` in percentage points. */
export function gain(distilled: HeldOut | null, twin: HeldOut | null) {
  if (!distilled || !twin || distilled.klToTeacher === null || twin.klToTeacher === null) return null;
  return {
    kl: distilled.klToTeacher - twin.klToTeacher,
    accuracy: 100 * (distilled.accuracy - twin.accuracy),
  };
}
