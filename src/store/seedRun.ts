/** Runs over seeds as data: which experiment they are of, what is still to be trained, and what a run on screen came to. */
import { canonical } from '../config/canonical';
import type { Experiment } from '../config/experiment';
import type { EvaluationPoint, HeldOut } from '../config/results';
import { isCompared, oneSeedOf, withSeed } from '../config/seeds';
import { stagesOf, stepsOf } from '../config/stages';
import type { Metric } from '../config/tasks';
import type { SeedPoint, SeedRun } from '../storage/seedRuns';
import { figureIn, metricAt, movesOf, type ShownRun } from './taskResult';

export type { SeedPoint, SeedRun };

const keys = new WeakMap<Experiment, string>();

/** Equal for experiments that differ in their seed alone. */
export function experimentKey(experiment: Experiment): string {
  const known = keys.get(experiment) ?? canonical(withSeed(experiment, 0));
  keys.set(experiment, known);
  return known;
}

/** The name of a run: of equal experiments it is the same. */
export const runId = (experiment: Experiment): string => canonical(experiment);

/** Of a run over seeds, whose stages have one seed. */
export const seedOfRun = ({ experiment }: Pick<SeedRun, 'experiment'>): number => experiment.training.seed;

/** What is asked of a run that is to be trained. */
export interface Wanted {
  askedFor: 'seeds' | 'sweep';
  ladder: readonly number[];
}

/** A run that waits, under one of the seeds. */
export const waitingRun = (
  experiment: Experiment,
  { askedFor, ladder }: Wanted,
  askedAt: number,
): SeedRun => ({
  id: runId(experiment),
  experiment,
  state: 'waiting',
  askedFor,
  ladder: [...ladder],
  points: [],
  seen: null,
  metric: 'accuracy',
  fingerprint: '',
  backend: null,
  problem: null,
  askedAt,
  savedAt: 0,
});

/** True where a run has all that is wanted of it. */
export const isDone = ({ state, seen, ladder }: SeedRun, wanted: Pick<Wanted, 'ladder'>): boolean =>
  state === 'done' &&
  (wanted.ladder.length === 0 || (seen !== null && wanted.ladder.every((T) => ladder.includes(T))));

type Measured = Pick<EvaluationPoint, 'step' | 'extent' | 'stage' | 'maskedWords'> & {
  arms: Record<string, Pick<HeldOut, 'loss' | 'accuracy' | 'agreement' | 'klToTeacher' | 'confusion'>>;
};

/** An evaluation as it is kept. */
export function seedPoint({ step, stage, extent, maskedWords, arms }: Measured, metric: Metric): SeedPoint {
  const figures = Object.entries(arms).map(([id, measured]) => {
    const { loss, accuracy, agreement, klToTeacher } = measured;
    const own = metric === 'accuracy' ? {} : { value: figureIn(metric, measured) };
    return [id, { loss, accuracy, agreement, klToTeacher, ...own }];
  });
  return {
    step,
    ...(stage !== undefined && { stage }),
    extent,
    words: maskedWords,
    arms: Object.fromEntries(figures),
  };
}

/** What the stage of an evaluation is measured by. */
export const metricOfStage = (experiment: Experiment, point: Measured): Metric =>
  metricAt(stagesOf(experiment)[point.stage ?? 0].text, point);

/**
 * The run on screen as one over seeds; null where it is none: it is not at its end, its numbers were moved on the way, its stages
 * have several seeds, or a loss is no number.
 */
export function seedRunOf(run: ShownRun, now: number): SeedRun | null {
  const { experiment, evaluations, point, backend, fingerprint } = run;
  if (point.extent !== 'full' || point.step !== stepsOf(experiment) || point.maskedWords === 0) return null;
  if (oneSeedOf(experiment) === null || movesOf(run).length > 0) return null;
  const compared = evaluations.filter((evaluation) => isCompared(experiment, evaluation));
  const points = compared.map((own) => seedPoint(own, metricOfStage(experiment, own)));
  const areNumbers = points.every(({ arms }) =>
    Object.values(arms).every(({ loss }) => Number.isFinite(loss)),
  );
  if (!areNumbers || points.at(-1)?.step !== point.step) return null;
  return {
    ...waitingRun(experiment, { askedFor: 'seeds', ladder: [] }, now),
    state: 'done',
    askedFor: null,
    points,
    metric: metricOfStage(experiment, point),
    fingerprint,
    backend,
    savedAt: now,
  };
}

/** Parts of a fingerprint that speak of the words and the first teacher; teachers beside it may be drawn by the seed. */
const ownParts = 4;
const modelsOf = ({ fingerprint }: SeedRun) => fingerprint.split(' ').slice(0, ownParts).join(' ');

/** True for runs that were trained by the same teacher on the same words. */
export const haveSameModels = (a: SeedRun, b: SeedRun): boolean => modelsOf(a) === modelsOf(b);

/** The one of two runs of a seed that counts: what is done before what is not, then the newer one. */
const counting = (a: SeedRun, b: SeedRun): SeedRun =>
  (a.state === 'done') === (b.state === 'done')
    ? a.savedAt > b.savedAt
      ? a
      : b
    : a.state === 'done'
      ? a
      : b;

/**
 * The runs of one experiment, by seed, one of each: a run that counts twice would make chance look smaller than it is, and
 * names that an older version gave may differ. Those that are done under another teacher or other words of the same name
 * than the newest are none of it.
 */
export function runsOf(runs: readonly SeedRun[], key: string): SeedRun[] {
  const own = runs.filter(({ experiment }) => experimentKey(experiment) === key);
  const done = own.filter(({ state }) => state === 'done');
  const newest = done.reduce<SeedRun | null>((a, b) => (a && a.savedAt > b.savedAt ? a : b), null);
  const bySeed = new Map<number, SeedRun>();
  for (const run of own) {
    if (run.state === 'done' && !haveSameModels(run, newest!)) continue;
    const other = bySeed.get(seedOfRun(run));
    bySeed.set(seedOfRun(run), other ? counting(other, run) : run);
  }
  return [...bySeed.values()].sort((a, b) => seedOfRun(a) - seedOfRun(b));
}
