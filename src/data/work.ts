/** Long work in slices: whoever runs it can breathe between two of them, tell how far it is, and stop. */
import { ProblemError } from '../config/problems';
import { breathe } from '../util/breathe';

/** Yields the share that is done, 0 to 1, after some thousands of characters, and returns the result. */
export type Slices<T> = Generator<number, T, void>;

/** Characters that make up a slice: about a millisecond's work. */
export const sliceLength = 8192;

/** All of it at once, for tests and the command line, where nobody waits meanwhile. */
export function finish<T>(slices: Slices<T>): T {
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
  }
}

/** Work that is a part of something larger: its shares become those from `from` to `to`. */
export function* part<T>(slices: Slices<T>, from: number, to: number): Slices<T> {
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
    yield from + (to - from) * value;
  }
}

/** Milliseconds after which the thread is given free. */
const breathEvery = 12;
/** Milliseconds between two reports of progress. */
const toldEvery = 100;

export interface WorkOptions {
  /** Stops the work at its next breath. */
  signal?: AbortSignal;
  /** Told at most ten times a second, 0 to 1. */
  onProgress?: (share: number) => void;
  now?: () => number;
  breathe?: () => Promise<void>;
}

/** Runs slices without holding the thread: nothing waits for it longer than a breath and a slice. */
export class Work {
  private told = Number.NEGATIVE_INFINITY;
  private readonly now: () => number;
  private readonly breathe: () => Promise<void>;

  constructor(private readonly options: WorkOptions = {}) {
    this.now = options.now ?? (() => performance.now());
    this.breathe = options.breathe ?? breathe;
  }

  /** @throws ProblemError cancelled, and what the work itself throws */
  async run<T>(slices: Slices<T>): Promise<T> {
    this.stopIfCancelled();
    let since = this.now();
    for (;;) {
      const { done, value } = slices.next();
      if (done) return value;
      const at = this.now();
      if (at - since < breathEvery) continue;
      if (at - this.told >= toldEvery) {
        this.told = at;
        this.options.onProgress?.(value);
      }
      await this.breathe();
      this.stopIfCancelled();
      since = this.now();
    }
  }

  private stopIfCancelled() {
    if (this.options.signal?.aborted) throw new ProblemError('cancelled');
  }
}
