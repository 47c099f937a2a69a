/** What several runs of one experiment, which differ in their seed alone, say together. */
import { type Mean, meanOf } from './mean';
import { type Direction, type Verdict, verdicts } from './verdict';

/** The figures that arms are compared by. */
export const metrics = {
  /** Share of the masked words whose first guess is right, 0 to 1. */
  accuracy: { betterIs: 'higher' },
  /** KL(teacher ‖ arm), nats. */
  klToTeacher: { betterIs: 'lower' },
} as const satisfies Record<string, Direction>;

export type Metric = keyof typeof metrics;
export const metricNames = Object.keys(metrics) as Metric[];

export interface ArmFigures {
  name: string;
  /** A figure is null where there is none, such as the KL to a teacher that is not there. */
  figures: Record<Metric, number | null>;
}

export interface ArmVerdict extends Verdict {
  arm: string;
  /** The arm that it is measured against. */
  against: string;
  metric: Metric;
}

export interface Summary {
  arms: { name: string; metrics: Record<Metric, Mean> }[];
  verdicts: ArmVerdict[];
}

/**
 * Each arm against every one that comes after it, since experiments name their controls last.
 * @param runs for each seed the arms, the same ones in the same order
 */
export function summaryOf(runs: readonly (readonly ArmFigures[])[]): Summary {
  const arms = (runs[0] ?? []).map(({ name }, index) => {
    const bySeed = (metric: Metric) => runs.map((run) => run[index].figures[metric] ?? Number.NaN);
    return { name, accuracy: bySeed('accuracy'), klToTeacher: bySeed('klToTeacher') };
  });
  const pairs = arms.flatMap((arm, index) =>
    arms.slice(index + 1).flatMap((against) => metricNames.map((metric) => ({ arm, against, metric }))),
  );
  const found = verdicts(
    pairs.map(({ arm, against, metric }) => ({
      ...metrics[metric],
      differences: arm[metric].map((value, seed) => value - against[metric][seed]),
    })),
  );
  return {
    arms: arms.map(({ name, accuracy, klToTeacher }) => ({
      name,
      metrics: { accuracy: meanOf(accuracy), klToTeacher: meanOf(klToTeacher) },
    })),
    verdicts: pairs.map(({ arm, against, metric }, i) => ({
      arm: arm.name,
      against: against.name,
      metric,
      ...found[i],
    })),
  };
}
