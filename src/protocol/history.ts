/** The curves of a run, kept short enough to draw and to save, the same in the worker and on the page. */

import type { Arm } from '../config/experiment';
import { spokenFor } from '../config/forks';
import type { ArmLosses, EvaluationPoint, NumberChange, RunHistory, StepPoint } from '../config/results';
import { termIds } from '../methods/registry';

/** At this many entries neighbours are merged in pairs; even. */
const mostEntries = 2000;
/** Samples of held-out text that are kept: more than a screen can show, few enough to save with every checkpoint. */
export const mostSamples = 400;

export const emptyHistory = (): RunHistory => ({
  steps: [],
  evaluations: [],
  changes: [],
  stepsPerEntry: 1,
  pending: [],
});

/**
 * History with `points` (one per update) added; once it is long, an entry is the mean of several updates. None is of two
 * stages, which measure different things.
 */
export function withPoints(history: RunHistory, points: StepPoint[]): RunHistory {
  let { steps, stepsPerEntry } = history;
  let pending = [...history.pending];
  steps = [...steps];
  const enter = () => {
    steps.push(meanPoint(pending));
    pending = [];
    if (steps.length < mostEntries) return;
    steps = halved(steps);
    stepsPerEntry *= 2;
  };
  for (const point of points) {
    if (pending.length > 0 && pending[0].stage !== point.stage) enter();
    pending.push(point);
    if (pending.length >= stepsPerEntry) enter();
  }
  return { ...history, steps, stepsPerEntry, pending };
}

/** Neighbours of one stage taken together in pairs. */
function halved(steps: StepPoint[]): StepPoint[] {
  const pairs: StepPoint[][] = [];
  for (const point of steps) {
    const last = pairs.at(-1);
    if (last?.length === 1 && last[0].stage === point.stage) last.push(point);
    else pairs.push([point]);
  }
  return pairs.map(meanPoint);
}

/**
 * History with an evaluation; one of the same step, extent and stage gives way. Beyond `mostSamples` samples one between is
 * dropped for each that comes, so that those left lie evenly; the first, the newest and all full ones stay.
 */
export function withEvaluation(history: RunHistory, point: EvaluationPoint): RunHistory {
  const others = history.evaluations.filter(
    ({ step, extent, stage }) => step !== point.step || extent !== point.extent || stage !== point.stage,
  );
  const evaluations = [...others, point];
  let samples = evaluations.filter(({ extent }) => extent === 'sample');
  const spare = new Set<EvaluationPoint>();
  // A run that an older version saved may hold more than one too many.
  while (samples.length > mostSamples) {
    const next = sparest(samples);
    spare.add(next);
    samples = samples.filter((sample) => sample !== next);
  }
  return { ...history, evaluations: evaluations.filter((other) => !spare.has(other)) };
}

/** The point between others whose neighbours lie closest together; of several the earliest. */
function sparest(points: EvaluationPoint[]): EvaluationPoint {
  let best = 1;
  const gap = (i: number) => points[i + 1].step - points[i - 1].step;
  for (let i = 2; i < points.length - 1; i++) if (gap(i) < gap(best)) best = i;
  return points[best];
}

/** History with a live number's change; changed again before an update, it is one change, or none at all. */
export function withChange(history: RunHistory, change: NumberChange): RunHistory {
  const same = ({ step, path }: NumberChange) => step === change.step && path === change.path;
  const before = history.changes.find(same)?.before ?? change.before;
  const others = history.changes.filter((other) => !same(other));
  return { ...history, changes: before === change.value ? others : [...others, { ...change, before }] };
}

/**
 * History without what came after `step`, for a run that was taken back. Live numbers that were changed since stay
 * as they are now, so that they count as changed at `step`.
 */
export const upTo = (history: RunHistory, step: number): RunHistory =>
  withChanges(
    {
      ...history,
      steps: history.steps.filter((point) => point.step <= step),
      pending: history.pending.filter((point) => point.step <= step),
      evaluations: history.evaluations.filter((point) => point.step <= step),
      changes: history.changes.filter((change) => change.step <= step),
    },
    history.changes.filter((change) => change.step > step).map((change) => ({ ...change, step })),
  );

/** History with the figures of arms that were others by then: those of whom they come from. */
export function withSpokenForPoints(
  history: RunHistory,
  arms: readonly Pick<Arm, 'id' | 'fork'>[],
): RunHistory {
  const told = <T extends StepPoint>(point: T): T => ({ ...point, arms: spokenFor(arms, point.arms) });
  return {
    ...history,
    steps: history.steps.map(told),
    pending: history.pending.map(told),
    evaluations: history.evaluations.map((point) => ({
      ...point,
      arms: spokenFor(arms, point.arms),
      ...(point.withheld && {
        withheld: { ...point.withheld, arms: spokenFor(arms, point.withheld.arms) },
      }),
    })),
  };
}

export const withChanges = (history: RunHistory, changes: readonly NumberChange[]): RunHistory =>
  changes.reduce(withChange, history);

/** The last update that a history knows of; 0 where there is none. */
export const lastStep = ({ steps, pending }: RunHistory): number =>
  pending.at(-1)?.step ?? steps.at(-1)?.step ?? 0;

/** Mean of points; it carries the step of the last one. */
function meanPoint(points: StepPoint[]): StepPoint {
  const last = points[points.length - 1];
  if (points.length === 1) return last;
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const ids = Object.keys(last.arms);
  return {
    step: last.step,
    ...(last.stage !== undefined && { stage: last.stage }),
    learningRate: mean(points.map(({ learningRate }) => learningRate)),
    arms: Object.fromEntries(
      ids.map((id) => [
        id,
        meanLosses(
          points.flatMap((p) => p.arms[id] ?? []),
          mean,
        ),
      ]),
    ),
  };
}

function meanLosses(losses: ArmLosses[], mean: (values: number[]) => number): ArmLosses {
  const terms: ArmLosses['terms'] = {};
  for (const term of termIds) {
    const values = losses.flatMap((l) => l.terms[term] ?? []);
    if (values.length > 0) terms[term] = mean(values);
  }
  const norms = losses.flatMap(({ gradientNorm }) => gradientNorm ?? []);
  return {
    total: mean(losses.map(({ total }) => total)),
    terms,
    gradientNorm: norms.length > 0 ? mean(norms) : null,
  };
}
