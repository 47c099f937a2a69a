/**
 * What the page says aloud by itself, to those who listen instead of looking: that a run starts, comes to another stage, rests and ends, what
 * went wrong and what was put right. Never a step of a run that goes on: people ask for that.
 */
import type { RunState } from '../config/results';
import type { Notice } from '../store/state';

/** As much of the page's state as decides what is said. */
export interface Heard {
  phase: 'opening' | 'ready' | 'failed';
  status: { state: RunState; step: number; steps: number; stage?: number };
  /** The moment of the past that is looked at. */
  past: { step: number } | null;
  replaying: boolean;
  notices: readonly Notice[];
}

/** Something to say: where the run stands (words under `shell.say`), or a notice. */
export type Saying =
  | {
      about: 'run';
      key: 'ready' | 'started' | 'goesOn' | 'paused' | 'stepped' | 'finished' | 'stage';
      step: number;
      steps: number;
      /** Counted from 0. */
      stage: number;
    }
  /** Whether what is shown is now or recorded: once, however far one goes there. */
  | { about: 'shown'; key: 'past' | 'live'; step: number }
  | { about: 'notice'; notice: Notice };

/** What is to be said between two moments, in order. */
export function sayingsBetween(before: Heard, now: Heard): Saying[] {
  const known = new Set(before.notices.map(({ id }) => id));
  const notices = now.notices
    // Errors are alerts, which are spoken where they stand.
    .filter(({ id, tone }) => !known.has(id) && tone !== 'error')
    .map((notice): Saying => ({ about: 'notice', notice }));
  const key = runBetween(before, now);
  const { step, steps, stage = 0 } = now.status;
  const shown = shownBetween(before, now);
  return [
    ...(key ? [{ about: 'run', key, step, steps, stage } as const] : []),
    ...(shown ? [{ about: 'shown', key: shown, step: now.past?.step ?? step } as const] : []),
    ...notices,
  ];
}

/** Where a film ends the step is said too: until then nobody said any. */
function shownBetween(before: Heard, now: Heard): 'past' | 'live' | null {
  if (now.phase !== 'ready' || before.phase !== 'ready') return null;
  if (!now.past) return before.past ? 'live' : null;
  return !before.past || (before.replaying && !now.replaying) ? 'past' : null;
}

function runBetween(before: Heard, now: Heard) {
  if (now.phase !== 'ready') return null;
  if (before.phase !== 'ready') return now.status.state === 'playing' ? 'goesOn' : 'ready';
  const [from, to] = [before.status, now.status];
  if (to.state === 'playing') {
    if (from.state === 'playing') return (to.stage ?? 0) > (from.stage ?? 0) ? 'stage' : null;
    return to.step === 0 ? 'started' : 'goesOn';
  }
  if (to.state === 'finished') return from.state === 'finished' ? null : 'finished';
  if (from.state === 'playing') return 'paused';
  return to.step > from.step ? 'stepped' : null;
}

/** Sayings that wait, with more: of the run, and of what is shown, only the newest counts, wherever it has been meanwhile; notices are all said. */
export function withSayings(waiting: readonly Saying[], more: readonly Saying[]): Saying[] {
  const all = [...waiting, ...more];
  const newest = (['run', 'shown'] as const).map((kind) => all.findLast(({ about }) => about === kind));
  return all.filter((saying) => saying.about === 'notice' || newest.includes(saying));
}
