/** The benchmark's own page: whoever drives the browser calls `bench` on it. */
import { browserParticipant } from './browserParticipant';
import type { BenchBackend } from './engine';
import { type Group, type Measured, measureGroup, type Pace } from './measure';
import { type MethodsMeasured, measureMethods, type TurnPace } from './methodTurns';

declare global {
  /** Measures one group of engines; `say` is called with what is going on. */
  var bench: (group: Group, pace: Pace) => Promise<Measured>;
  /** Measures a step of each method. */
  var benchMethods: (backend: BenchBackend, pace: TurnPace) => Promise<MethodsMeasured>;
  var say: ((words: string) => void) | undefined;
}

const tell = (words: string) => globalThis.say?.(words);

globalThis.bench = (group, pace) => measureGroup(group, browserParticipant, pace, tell);
globalThis.benchMethods = (backend, pace) =>
  measureMethods(backend, browserParticipant('stillroom'), pace, tell);
