/** The benchmark's own page: whoever drives the browser calls `bench` on it. */
import { browserParticipant } from './browserParticipant';
import { type Group, type Measured, measureGroup, type Pace } from './measure';

declare global {
  /** Measures one group of engines; `say` is called with what is going on. */
  var bench: (group: Group, pace: Pace) => Promise<Measured>;
  var say: ((words: string) => void) | undefined;
}

globalThis.bench = (group, pace) =>
  measureGroup(group, browserParticipant, pace, (words) => globalThis.say?.(words));
