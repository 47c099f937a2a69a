/** Where engines run. */
import type { BenchBackend } from '../../src/bench/engine';
import type { Group, Measured, Pace } from '../../src/bench/measure';
import type { MethodsMeasured, TurnPace } from '../../src/bench/methodTurns';

export interface Host {
  /** For the report: the browser or Node, with its version. */
  name: string;
  measure(group: Group, pace: Pace): Promise<Measured>;
  measureMethods(backend: BenchBackend, pace: TurnPace): Promise<MethodsMeasured>;
  close(): Promise<void>;
}

export type Say = (words: string) => void;
