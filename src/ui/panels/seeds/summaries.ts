/** What runs of one experiment under several seeds come to: means, verdicts and bands. Plain data in, plain data out. */
import type { Experiment } from '../../../config/experiment';
import { meanOf } from '../../../statistics/mean';
import { type ArmVerdict, type Metric, type Summary, summaryOf } from '../../../statistics/summary';
import type { SeedPoint, SeedRun } from '../../../store/seedRun';
import { seedOfRun } from '../../../store/seedRun';
import type { SeedBands } from '../../../store/seedsState';

export const doneOf = (runs: readonly SeedRun[]): SeedRun[] => runs.filter(({ state }) => state === 'done');

/** Seeds that failed, which nobody may pass over in silence. */
export const failedSeeds = (runs: readonly SeedRun[]): number[] =>
  runs.filter(({ state }) => state === 'failed').map(seedOfRun);

const endOf = ({ points }: SeedRun): SeedPoint => points[points.length - 1];

export interface SeedsSummary extends Summary {
  /** What arms are compared by: the metric of the last stage, and the KL to the teacher where there is one. */
  compared: Metric[];
  seeds: number[];
}

/** @param done runs of one experiment that are done, one of each seed */
export function summaryOfRuns(done: readonly SeedRun[]): SeedsSummary | null {
  const [first] = done;
  if (!first) return null;
  const { arms } = first.experiment;
  const isTaught = arms.some(({ id }) => endOf(first).arms[id].klToTeacher !== null);
  const compared: Metric[] = [first.metric, ...(isTaught ? (['klToTeacher'] as const) : [])];
  const runs = done.map((run) => {
    const figures = endOf(run).arms;
    return arms.map(({ id }) => {
      const { accuracy, klToTeacher, value } = figures[id];
      const own = run.metric === 'accuracy' ? {} : { [run.metric]: value };
      return { name: id, figures: { accuracy, klToTeacher, ...own } };
    });
  });
  return { ...summaryOf(runs, compared), compared, seeds: done.map(seedOfRun) };
}

/** Verdicts by pair, in the order of the arms: those of one pair by metric. */
export function pairsOf({
  verdicts,
}: Pick<Summary, 'verdicts'>): { arm: string; against: string; by: Map<Metric, ArmVerdict> }[] {
  const pairs = new Map<string, { arm: string; against: string; by: Map<Metric, ArmVerdict> }>();
  for (const verdict of verdicts) {
    const { arm, against, metric } = verdict;
    const key = `${arm} ${against}`;
    const pair = pairs.get(key) ?? { arm, against, by: new Map<Metric, ArmVerdict>() };
    pair.by.set(metric, verdict);
    pairs.set(key, pair);
  }
  return [...pairs.values()];
}

/** In the units of the charts: nats, and per cent. */
const measures = {
  kl: ({ klToTeacher }) => klToTeacher,
  loss: ({ loss }) => loss,
  right: ({ accuracy }) => 100 * accuracy,
} as const satisfies Record<string, (figures: SeedPoint['arms'][string]) => number | null>;

const placeOf = ({ step, stage, extent }: SeedPoint) => `${stage ?? 0} ${step} ${extent}`;

/**
 * The mean of every arm and its interval at each sample that all of these runs have; null of fewer than two runs. Runs whose
 * evaluations were thinned out have fewer.
 */
export function bandsOf(experiment: Experiment, done: readonly SeedRun[]): SeedBands | null {
  if (done.length < 2) return null;
  const byPlace = done.map(({ points }) => new Map(points.map((point) => [placeOf(point), point])));
  const shared = done[0].points.filter(
    (point) => point.extent === 'sample' && byPlace.every((places) => places.has(placeOf(point))),
  );
  const bandOf = (arm: string, measure: keyof typeof measures) =>
    shared.flatMap((point) => {
      const values = byPlace.map((places) => measures[measure](places.get(placeOf(point))!.arms[arm]));
      if (values.some((value) => value === null)) return [];
      const { mean, low, high } = meanOf(values as number[]);
      return mean === null ? [] : [{ x: point.step, stage: point.stage ?? 0, mean, low, high }];
    });
  const ofMeasure = (measure: keyof typeof measures) =>
    Object.fromEntries(experiment.arms.map(({ id }) => [id, bandOf(id, measure)]));
  return {
    seeds: done.length,
    measures: { kl: ofMeasure('kl'), loss: ofMeasure('loss'), right: ofMeasure('right') },
  };
}
