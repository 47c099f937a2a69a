/** What students learned at each T, from the runs of a sweep. Plain data in, plain data out. */
import { trainedAt } from '../../../config/sweeps';
import { meanOf } from '../../../statistics/mean';
import type { SeedRun } from '../../../store/seedRun';
import { summaryOfRuns } from '../seeds/summaries';

export const quantities = ['klToTeacher', 'accuracy', 'agreement'] as const;
export type Quantity = (typeof quantities)[number];

/** One T of a chart. */
export interface LearnedPoint {
  /** The arm's id. */
  arm: string;
  /** Trained at. */
  temperature: number;
  /** By seed; nats, or per cent. */
  values: number[];
  mean: number;
  low: number | null;
  high: number | null;
}

/** The arms of a sweep by their T, rising. */
export const armsByTemperature = ({ experiment }: Pick<SeedRun, 'experiment'>) =>
  experiment.arms
    .map((arm, index) => ({ arm, index, temperature: trainedAt(arm) ?? arm.temperature }))
    .sort((a, b) => a.temperature - b.temperature);

/** Held-out figures at the end of each run, by T. A T without a figure is left out. @param done runs of one sweep */
export function learnedPoints(done: readonly SeedRun[], quantity: Quantity): LearnedPoint[] {
  const [first] = done;
  if (!first) return [];
  return armsByTemperature(first).flatMap(({ arm: { id }, temperature }) => {
    const figures = done.map(({ points }) => points[points.length - 1].arms[id][quantity]);
    if (figures.some((value) => value === null)) return [];
    const factor = quantity === 'klToTeacher' ? 1 : 100;
    const values = figures.map((value) => factor * value!);
    const { mean, low, high } = meanOf(values);
    return mean === null ? [] : [{ arm: id, temperature, values, mean, low, high }];
  });
}

export interface BestLearned {
  point: LearnedPoint;
  /** T that it is better than by the test, and T that it can't be told apart from. Both empty with one seed. */
  beaten: number[];
  alike: number[];
}

/** The T whose students come closest to the teacher on average; null where nobody teaches, or nothing is done. */
export function closestLearned(done: readonly SeedRun[]): BestLearned | null {
  const points = learnedPoints(done, 'klToTeacher');
  const summary = summaryOfRuns(done);
  if (points.length === 0 || !summary) return null;
  const point = points.reduce((a, b) => (b.mean < a.mean ? b : a));
  if (done.length < 2) return { point, beaten: [], alike: [] };
  const others = points.filter((other) => other !== point);
  const beats = ({ arm }: LearnedPoint) =>
    summary.verdicts.some(
      (found) =>
        found.metric === 'klToTeacher' &&
        ((found.arm === point.arm && found.against === arm && found.verdict === 'better') ||
          (found.arm === arm && found.against === point.arm && found.verdict === 'worse')),
    );
  return {
    point,
    beaten: others.filter(beats).map(({ temperature }) => temperature),
    alike: others.filter((other) => !beats(other)).map(({ temperature }) => temperature),
  };
}

export interface SeenMap {
  /** T of looking, rising. */
  seen: number[];
  /** A row for each T of training, rising; `values` in nats, means over the runs that have them, and how close each is in its column: 1 the closest, 0 the farthest. */
  rows: { temperature: number; values: number[]; closeness: number[]; nearest: boolean[] }[];
  /** Runs that it is the mean of. */
  runs: number;
}

/** KL to the teacher by T of training and T of looking; null where no run has it. */
export function seenMap(done: readonly SeedRun[]): SeenMap | null {
  const looked = done.filter(({ seen }) => seen !== null);
  const [first] = looked;
  if (!first) return null;
  const seen = first.ladder.filter((T) => looked.every(({ ladder }) => ladder.includes(T)));
  const means = armsByTemperature(first).map(({ arm: { id }, temperature }) => ({
    temperature,
    values: seen.map((T) => {
      const values = looked.map((run) => run.seen![id][run.ladder.indexOf(T)]);
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    }),
  }));
  const columns = seen.map((_, i) => means.map(({ values }) => values[i]));
  const rows = means.map(({ temperature, values }) => ({
    temperature,
    values,
    closeness: values.map((value, i) => {
      const [low, high] = [Math.min(...columns[i]), Math.max(...columns[i])];
      return high > low ? (high - value) / (high - low) : 1;
    }),
    nearest: values.map((value, i) => value === Math.min(...columns[i])),
  }));
  return { seen, rows, runs: looked.length };
}
