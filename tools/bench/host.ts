/** Where engines run. */
import type { Group, Measured, Pace } from '../../src/bench/measure';

export interface Host {
  /** For the report: the browser or Node, with its version. */
  name: string;
  measure(group: Group, pace: Pace): Promise<Measured>;
  close(): Promise<void>;
}

export type Say = (words: string) => void;
