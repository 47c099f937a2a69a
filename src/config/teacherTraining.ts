/** A teacher in training is an experiment too: one arm with hard labels alone, which is kept afterwards as a teacher. */
import { bounds } from './bounds';
import type { Experiment } from './experiment';
import { learnsFromTeacher } from './objective';
import type { EvaluationPoint } from './results';

/** Ids of the one arm that is a teacher in training: on from another teacher, or from scratch. */
export const teacherArmIds = { continued: 'continued', scratch: 'from-scratch' } as const;

const ids: readonly string[] = Object.values(teacherArmIds);

/** True where the experiment trains a teacher, and not students of one. */
export const isTeacherInTraining = ({ arms }: Pick<Experiment, 'arms'>) =>
  arms.length === 1 && ids.includes(arms[0].id) && !learnsFromTeacher(arms[0]);

/** How often a teacher reads its text, and between how many updates that may come to. */
const passes = {
  continued: { epochs: 3, least: 60, most: 600 },
  scratch: { epochs: 40, least: 300, most: 4000 },
};

/** Updates where the text's size is not known. */
const usualSteps = { continued: 300, scratch: 2000 };

/**
 * Updates that fit a text: a few passes over it for a teacher that knows the language, many for one that knows
 * nothing. `sequences`: those to train on; null where they have not been counted.
 */
export function stepsForText(
  from: keyof typeof teacherArmIds,
  sequences: number | null,
  batchSize: number,
): number {
  if (sequences === null) return usualSteps[from];
  const { epochs, least, most } = passes[from];
  const steps = (epochs * sequences) / batchSize;
  // Two digits: a figure that a person can remember, of an estimate.
  const rounded = Number(Math.min(most, Math.max(least, steps)).toPrecision(2));
  return Math.min(bounds.steps.max, rounded);
}

/** Evaluations without a new lowest loss after which it is taken for rising, and by how much at least it must have risen. */
const patience = { evaluations: 5, rise: 0.01 };

/** The held-out loss of the one arm at each evaluation, in order of steps. */
function lossesOf(evaluations: readonly EvaluationPoint[], extent: EvaluationPoint['extent']) {
  return evaluations
    .filter((point) => point.extent === extent)
    .map((point) => ({ step: point.step, loss: Object.values(point.arms)[0]?.loss ?? Number.NaN }))
    .filter(({ loss }) => Number.isFinite(loss));
}

/** The evaluation with the lowest held-out loss, the earliest of equals; null before the first. In nats. */
export function bestEvaluation(
  evaluations: readonly EvaluationPoint[],
): { step: number; loss: number } | null {
  const losses = lossesOf(evaluations, 'sample');
  return losses.reduce<{ step: number; loss: number } | null>(
    (best, point) => (best === null || point.loss < best.loss ? point : best),
    null,
  );
}

/**
 * True where a teacher in training learns its text by heart: its held-out loss has been above the lowest one, and by
 * 1 % or more, at each of the last five evaluations, a quarter of a run. A few bad ones are noise, or the start of a
 * teacher that is trained on, which loses a little before it gains; what creeps up by less is noise too. Only samples
 * count: they are one and the same part of the held-out text each time.
 */
export function isGettingWorse(evaluations: readonly EvaluationPoint[]): boolean {
  const losses = lossesOf(evaluations, 'sample');
  const best = bestEvaluation(evaluations);
  if (!best) return false;
  const since = losses.slice(-patience.evaluations);
  return (
    since.length === patience.evaluations &&
    since.every(({ step, loss }) => step > best.step && loss > best.loss * (1 + patience.rise))
  );
}
