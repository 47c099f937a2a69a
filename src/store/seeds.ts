/**
 * Runs over seeds, for whoever asks for them: thin, since it comes with the page. The queue behind it loads once there is
 * something to read, to keep or to train.
 */
import type { Experiment } from '../config/experiment';
import { withSeed } from '../config/seeds';
import { countSeedRuns } from '../storage/seedRunCount';
import { importAgain } from '../util/importAgain';
import { useEndedRun } from './resultsKept';
import { seedRunOf, type Wanted, waitingRun } from './seedRun';
import { useSeedsState } from './seedsState';
import { usePlayground } from './usePlayground';

const queue = async () => (await importAgain(() => import('./seedQueueHere'))).seedQueue;
const unheard = () => {};

/** Reads what is kept, once. Where that fails the state says so. */
export const readSeeds = (): void => void queue().then((found) => found.read(), unheard);

/** Trains an experiment under each of these seeds in the background. */
export async function askForSeeds(experiment: Experiment, seeds: readonly number[], wanted: Wanted) {
  const asked = Date.now();
  const runs = seeds.map((seed, i) => waitingRun(withSeed(experiment, seed), wanted, asked + i / 100));
  await (await queue()).ask(runs);
}

/** Takes runs out, whether they wait, train or are done. */
export const removeSeedRuns = async (ids: readonly string[]) => (await queue()).remove(ids);

/** Deletes all of them, those that wait or train too. @throws ProblemError of the storage */
export const clearSeeds = async () => (await queue()).clear();

/** Goes on after a problem. */
export const goOnWithSeeds = async () => (await queue()).goOn();

/** Whether they train, slowly, while the run on screen plays. */
export const setBeside = async (beside: boolean) => (await queue()).setBeside(beside);

useEndedRun.subscribe(({ run }) => {
  const ended = run && seedRunOf(run, Date.now());
  if (ended) queue().then((found) => found.add(ended), unheard);
});

// What waits goes on, and what is known of the run on screen is shown, once the page is ready: neither is part of its first load.
const stopWaiting = usePlayground.subscribe(({ phase }) => {
  if (phase !== 'ready') return;
  stopWaiting();
  countSeedRuns().then((count) => {
    if (count > 0 && !useSeedsState.getState().isRead) readSeeds();
  }, unheard);
});
