/** The queue of runs over seeds in a browser. It loads with the first one that is asked for, or kept. */
import type { BackgroundPace } from '../protocol/background';
import { importAgain } from '../util/importAgain';
import { SeedQueue } from './seedQueue';
import { useSeedsState } from './seedsState';
import type { PlaygroundState } from './state';
import { usePlayground } from './usePlayground';

/** One tab at a time holds this lock and does what waits. */
const lockName = 'stillroom-seeds';
/** A lock that isn't had within so many milliseconds is another tab's. */
const freeWithin = 300;

const schemas = () => importAgain(() => import('./schemas'));

/**
 * What is left of the machine: all of it while the run on screen rests, else nothing, or where somebody wants it so a small
 * share. What is timed, opened or answered on screen is never disturbed.
 */
function paceBeside(
  { phase, status, measuring, guessing, opening }: PlaygroundState,
  beside: boolean,
): BackgroundPace {
  if (phase === 'failed') return 'full';
  if (phase === 'opening' || measuring || guessing !== null || opening) return 'rest';
  if (status.state !== 'playing') return 'full';
  return beside ? 'beside' : 'rest';
}

async function alone(onWait: () => void): Promise<() => void> {
  // Over plain HTTP there are none: tabs then do the same work, and come to the same.
  if (!navigator.locks) return () => {};
  const waiting = setTimeout(onWait, freeWithin);
  return new Promise((resolve) => {
    navigator.locks
      .request(lockName, () => {
        clearTimeout(waiting);
        return new Promise<void>((release) => resolve(release));
      })
      .catch(() => resolve(() => {}));
  });
}

const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(lockName);
const presentPace = () => paceBeside(usePlayground.getState(), useSeedsState.getState().beside);

export const seedQueue = new SeedQueue({
  get: useSeedsState.getState,
  set: (changes) => useSeedsState.setState(changes),
  spawn: () =>
    new Worker(new URL('../worker/background.ts', import.meta.url), {
      type: 'module',
      name: 'stillroom-background',
    }),
  storage: {
    list: async () => (await schemas()).listSeedRuns(),
    save: async (runs) => (await schemas()).saveSeedRuns(runs),
    remove: async (ids) => (await schemas()).deleteSeedRuns(ids),
    clear: async () => (await schemas()).clearSeedRuns(),
  },
  pace: presentPace,
  onPace: (changed) => {
    let last = presentPace();
    usePlayground.subscribe(() => {
      const pace = presentPace();
      if (pace !== last) changed();
      last = pace;
    });
  },
  backend: () => {
    const { backend } = usePlayground.getState();
    // A GPU that does not come back is none to try again.
    const isFixed = backend?.reason === 'forced' || backend?.reason === 'gpuLost';
    return backend && isFixed ? backend.name : null;
  },
  baseUrl: () => document.baseURI,
  alone,
  announce: () => channel?.postMessage(null),
  onAnnounced: (changed) => channel?.addEventListener('message', changed),
  now: Date.now,
});
