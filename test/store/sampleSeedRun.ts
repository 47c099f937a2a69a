/** Runs over seeds, as the page would have them. */
import type { Experiment } from '../../src/config/experiment';
import { presets } from '../../src/config/presets';
import { withSeed } from '../../src/config/seeds';
import { stepsOf } from '../../src/config/stages';
import { type SeedPoint, type SeedRun, type Wanted, waitingRun } from '../../src/store/seedRun';

export const wantedOfSeeds: Wanted = { askedFor: 'seeds', ladder: [] };

export const sampleWaiting = (
  seed: number,
  experiment: Experiment = presets.tiny,
  wanted = wantedOfSeeds,
): SeedRun => waitingRun(withSeed(experiment, seed), wanted, 1000 + seed);

export function samplePoint(experiment: Experiment, step: number, kl: Record<string, number>): SeedPoint {
  const arms = experiment.arms.map(({ id }) => {
    const klToTeacher = kl[id] ?? 1;
    return [id, { loss: 2 + klToTeacher, accuracy: 0.5 - klToTeacher / 10, agreement: 0.6, klToTeacher }];
  });
  return {
    step,
    extent: step === stepsOf(experiment) ? 'full' : 'sample',
    words: 500,
    arms: Object.fromEntries(arms),
  };
}

/** @param kl to the teacher at the end, by arm; before it is 2 more at step 0 and 1 more in the middle */
export function sampleDone(
  seed: number,
  kl: Record<string, number>,
  experiment: Experiment = presets.tiny,
): SeedRun {
  const steps = stepsOf(experiment);
  const more = (by: number) => Object.fromEntries(Object.entries(kl).map(([id, value]) => [id, value + by]));
  return {
    ...sampleWaiting(seed, experiment),
    state: 'done',
    points: [
      samplePoint(experiment, 0, more(2)),
      samplePoint(experiment, 50, more(1)),
      samplePoint(experiment, steps, kl),
    ],
    fingerprint: 'words embeddings shape parameters',
    backend: 'wasm',
    savedAt: 2000 + seed,
  };
}
