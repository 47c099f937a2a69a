/** Runs of one experiment that differ in their seed alone: how they are told apart, and which of their evaluations count. */
import { bounds } from './bounds';
import type { Experiment, Stage, Training } from './experiment';
import { stagesOf, stepsBefore } from './stages';

/** Seeds of one experiment that a page trains: a verdict needs three, and more than ten take long and tell little more. */
export const seedsOfPage = { fewest: 3, most: 10 };

/** The experiment under another seed, of every stage. */
export function withSeed(experiment: Experiment, seed: number): Experiment {
  const seeded = <T extends Pick<Stage, 'training'>>(stage: T): T => ({
    ...stage,
    training: { ...stage.training, seed },
  });
  return { ...seeded(experiment), ...(experiment.later && { later: experiment.later.map(seeded) }) };
}

/** The seed of all stages; null where they have several, since nothing then says which run is another's pair. */
export function oneSeedOf(experiment: Experiment): number | null {
  const [first, ...others] = stagesOf(experiment).map(({ training }) => training.seed);
  return others.every((seed) => seed === first) ? first : null;
}

/** `count` seeds, those in `first` before all others, then the smallest from 1 on. */
export function nextSeeds(count: number, first: readonly number[]): number[] {
  const seeds = new Set(first.slice(0, count));
  for (let seed = 1; seeds.size < count && seed <= bounds.seed.max; seed++) seeds.add(seed);
  return [...seeds];
}

/** Samples of a stage that are compared over seeds at most: as many as a small chart can show. */
const mostSamples = 100;

/** Updates between two of them: a multiple of what the experiment says, the same for all its seeds. */
export const comparedEvery = ({ steps, evaluateEvery }: Pick<Training, 'steps' | 'evaluateEvery'>): number =>
  evaluateEvery * Math.ceil(steps / evaluateEvery / mostSamples);

/** True for an evaluation that all seeds of an experiment have, whatever else of a run was thinned out. */
export function isCompared(
  experiment: Experiment,
  { step, extent, stage }: { step: number; extent: 'sample' | 'full'; stage?: number },
): boolean {
  const own = stage ?? 0;
  const { training } = stagesOf(experiment)[own];
  const within = step - stepsBefore(experiment, own);
  // All of the held-out part is measured at the end of each stage; in the middle of one only where somebody asked.
  if (extent === 'full') return within === training.steps;
  return within % comparedEvery(training) === 0 && within < training.steps;
}
