/** The curves of a run as a schema: what a page that works could have written for this experiment, and nothing else. */

import { bounds } from '../config/bounds';
import { liveBoundAt } from '../config/compare';
import type { Arm, Experiment } from '../config/experiment';
import type { ArmLosses, EvaluationPoint, NumberChange, RunHistory, StepPoint } from '../config/results';
import { stageAt, stageCount, stageOfPath, stagesOf } from '../config/stages';
import { isTask } from '../config/tasks';
import { withheldWord } from '../config/text';
import { z } from '../config/zod';
import { needsTeacher, readingIds, scheduleIds, termIds } from '../methods/registry';

/** Bounds of what is looked through at all, some way above what a page writes. */
export const most = { entries: 4000, evaluations: 10_000, changes: 20_000, stepsPerEntry: 4096, classes: 64 };

/** A list whose length is looked at before its items, so that a hostile one costs nothing. */
export const listOf = <T extends z.ZodType>(item: T, longest: number) =>
  z
    .custom<unknown[]>((value) => Array.isArray(value) && value.length <= longest)
    .pipe(z.array(item) as z.ZodType<z.output<T>[], unknown[]>);

const finite = z.number();
const share = finite.min(0).max(1);
const natural = z.number().int().min(0);

/** One value for each of these keys, and no other key. */
const recordOf = <T extends z.ZodType>(keys: readonly string[], value: T) =>
  z.strictObject(Object.fromEntries(keys.map((key) => [key, value])));

/** @param step updates done: nothing in the history is of a later one */
export function historySchema(experiment: Experiment, step: number): z.ZodType<RunHistory> {
  const { arms } = experiment;
  const ids = arms.map(({ id }) => id);
  const done = natural.max(step);
  const stages = stagesOf(experiment).map((_, i) => stageAt(experiment, i));
  const compared = stages.some(isCompared);
  const terms = termIds.filter((term) => compared || !needsTeacher(term));
  const moving = [...readingIds, ...scheduleIds];
  const optional = (names: readonly string[]) =>
    z.strictObject(Object.fromEntries(names.map((name) => [name, finite.optional()])));

  const losses = (gradientNorm: z.ZodType<number | null>): z.ZodType<ArmLosses> =>
    z.strictObject({
      total: finite,
      terms: optional(terms),
      readings: optional(compared ? moving : []).optional(),
      gradientNorm,
    });
  const point: z.ZodType<StepPoint> = z.strictObject({
    step: done.min(1),
    stage: natural
      .min(1)
      .max(Math.max(1, stages.length - 1))
      .optional(),
    learningRate: finite.min(bounds.learningRate.min).max(bounds.learningRate.max),
    arms: recordOf(ids, losses(finite.min(0).nullable())),
  });

  const evaluations = stages.map((stage, i) => evaluationOf(stage, i, done, losses(z.null())));
  const evaluation = evaluations.reduce((either, other) => either.or(other));

  return z
    .strictObject({
      steps: listOf(point, most.entries),
      evaluations: listOf(evaluation, most.evaluations),
      changes: changesSchema(experiment, 0, step),
      stepsPerEntry: natural.min(1).max(most.stepsPerEntry),
      pending: listOf(point, most.stepsPerEntry),
    })
    .refine(({ steps, pending }) => isRising([...steps, ...pending]), { path: ['steps'] })
    .refine(({ pending, stepsPerEntry }) => pending.length < stepsPerEntry, { path: ['pending'] })
    .refine(({ evaluations }) => isSorted(evaluations, ({ extent, stage }) => `${extent} ${stage}`), {
      path: ['evaluations'],
    });
}

/** True where a stage has a teacher that students are compared with. */
const isCompared = ({ teacher, text, tuning }: Experiment) =>
  teacher.kind !== 'none' && (!isTask(text) || tuning !== undefined);

/** An evaluation of one stage, as an experiment of its own; `index` counts from 0. */
function evaluationOf(
  experiment: Experiment,
  index: number,
  done: z.ZodType<number>,
  losses: z.ZodType<ArmLosses>,
): z.ZodType<EvaluationPoint> {
  const { arms, others = [], text } = experiment;
  const compared = isCompared(experiment);
  const confusion = z.array(z.array(natural).max(most.classes)).max(most.classes);
  const heldOut = {
    loss: finite.min(0),
    accuracy: share,
    agreement: compared ? share : z.null(),
    klToTeacher: compared ? finite : z.null(),
    klError: finite.min(0).nullable().optional(),
    confusion: (isTask(text) ? confusion : z.undefined()).optional(),
  };
  /** The teacher is compared with nobody. */
  const ofTeacher = { ...heldOut, agreement: z.null(), klToTeacher: z.null() };
  const distances = ({ mapping, student }: Arm) =>
    z.array(z.array(finite.min(0)).length(student.heads)).length(mapping.length);
  const figure = z.strictObject({ accuracy: share, logProbability: finite.max(0) });
  const withheld = z.strictObject({
    places: natural,
    heldOut: natural,
    teacher: compared ? figure : z.null(),
    arms: recordOf(
      arms.map(({ id }) => id),
      figure,
    ),
  });
  return z.strictObject({
    step: done,
    extent: z.enum(['sample', 'full']),
    stage: index === 0 ? z.undefined().optional() : z.literal(index),
    sequences: natural,
    maskedWords: natural,
    teacher: compared ? z.strictObject(ofTeacher) : z.null(),
    others: z.array(z.strictObject(heldOut)).length(others.length).optional(),
    arms: z.strictObject(
      Object.fromEntries(
        arms.map((arm) => {
          const attention = z.strictObject({ scores: distances(arm), probabilities: distances(arm) });
          return [arm.id, z.strictObject({ ...heldOut, losses, attention: attention.nullable() })];
        }),
      ),
    ),
    withheld: (withheldWord(text) === undefined ? z.undefined() : withheld).optional(),
  });
}

/** Changes of live numbers from update `first` to update `last`, in order. */
export const changesSchema = (experiment: Experiment, first: number, last: number) =>
  listOf(
    z
      .strictObject({
        step: natural.min(first).max(last),
        path: z.string().max(60),
        before: finite,
        value: finite,
      })
      .refine(({ path, before, value }) => {
        const bound = boundOf(path, experiment);
        return (
          bound !== null && [before, value].every((number) => number >= bound.min && number <= bound.max)
        );
      }) satisfies z.ZodType<NumberChange>,
    most.changes,
  ).refine((changes) => isSorted(changes, ({ path }) => path));

/** The range of a live number of this experiment; null where there is none under this path. */
function boundOf(path: string, experiment: Experiment) {
  const [, index] = /^arms\.(\d+)\./.exec(path) ?? [];
  const isThere =
    Number(index ?? 0) < experiment.arms.length && stageOfPath(path).stage < stageCount(experiment);
  return isThere ? liveBoundAt(path) : null;
}

const isRising = (points: { step: number }[]) =>
  points.every(({ step }, index) => index === 0 || step > points[index - 1].step);

/** True where no step comes before an earlier one, and at one step no `kind` comes twice. */
function isSorted<T extends { step: number }>(points: T[], kindOf: (point: T) => string): boolean {
  let kinds = new Set<string>();
  return points.every((point, index) => {
    const before = points[index - 1];
    if (before && point.step < before.step) return false;
    if (before && point.step > before.step) kinds = new Set();
    const known = kinds.has(kindOf(point));
    kinds.add(kindOf(point));
    return !known;
  });
}
