/** What several runs of one experiment, which differ in their seed alone, say together. */
import { type Mean, meanOf } from './mean';
import { type Direction, type Verdict, verdicts } from './verdict';

/** The figures that arms are compared by. */
export const metrics = {
  /** Share of the masked words whose first guess is right, or of a task's rows, 0 to 1. */
  accuracy: { betterIs: 'higher' },
  /** Of tasks that are measured so (config/tasks.ts). */
  matthews: { betterIs: 'higher' },
  f1: { betterIs: 'higher' },
  /** KL(teacher ‖ arm), nats. */
  klToTeacher: { betterIs: 'lower' },
} as const satisfies Record<string, Direction>;

export type Metric = keyof typeof metrics;
const usual = ['accuracy', 'klToTeacher'] as const satisfies Metric[];

export interface ArmFigures {
  name: string;
  /** A figure is null where there is none, such as the KL to a teacher that is not there. */
  figures: Partial<Record<Metric, number | null>>;
}

export interface ArmVerdict extends Verdict {
  arm: string;
  /** The arm that it is measured against. */
  against: string;
  metric: Metric;
}

export interface Summary {
  arms: { name: string; metrics: Partial<Record<Metric, Mean>> }[];
  verdicts: ArmVerdict[];
}

/**
 * Each arm against every one that comes after it, since experiments name their controls last.
 * @param runs for each seed the arms, the same ones in the same order
 * @param compared the figures that count
 */
export function summaryOf(
  runs: readonly (readonly ArmFigures[])[],
  compared: readonly Metric[] = usual,
): Summary {
  const arms = (runs[0] ?? []).map(({ name }, index) => ({
    name,
    bySeed: (metric: Metric) => runs.map((run) => run[index].figures[metric] ?? Number.NaN),
  }));
  const pairs = arms.flatMap((arm, index) =>
    arms.slice(index + 1).flatMap((against) => compared.map((metric) => ({ arm, against, metric }))),
  );
  const found = verdicts(
    pairs.map(({ arm, against, metric }) => {
      const others = against.bySeed(metric);
      return {
        ...metrics[metric],
        differences: arm.bySeed(metric).map((value, seed) => value - others[seed]),
      };
    }),
  );
  return {
    arms: arms.map(({ name, bySeed }) => ({
      name,
      metrics: Object.fromEntries(compared.map((metric) => [metric, meanOf(bySeed(metric))])),
    })),
    verdicts: pairs.map(({ arm, against, metric }, i) => ({
      arm: arm.name,
      against: against.name,
      metric,
      ...found[i],
    })),
  };
}
