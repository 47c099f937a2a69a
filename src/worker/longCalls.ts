/** Calls that keep the worker's thread: the page is told beforehand, so that it does not take silence for death. */

/** A call that takes longer than this is announced, in milliseconds. */
const worthTelling = 250;
/** What is announced is this many times what is expected: machines slow down. */
const generosity = 4;

/** Making the first weights of an arm of the largest size takes about so many milliseconds. */
export const msPerArm = 1500;

export class LongCalls {
  /** The longest call of each kind so far, in milliseconds. */
  private readonly longest = new Map<string, number>();

  constructor(
    private readonly announce: (busyFor: number) => void,
    private readonly now = () => performance.now(),
  ) {}

  /** Calls of this kind took, or are expected to take, so long at most. */
  expected(kind: string, guess: number): number {
    return this.longest.get(kind) ?? guess;
  }

  /** Tells of a call that comes now, where it will be long. @param guess milliseconds, for the first of its kind */
  warn(kind: string, guess: number): boolean {
    const expected = this.expected(kind, guess);
    if (expected < worthTelling) return false;
    this.announce(generosity * expected + 1000);
    return true;
  }

  /** Does `call`, announced where it will be long. */
  do<T>(kind: string, guess: number, call: () => T): T {
    const told = this.warn(kind, guess);
    const start = this.now();
    try {
      return call();
    } finally {
      this.note(kind, this.now() - start);
      if (told) this.announce(0);
    }
  }

  /** A call of this kind took so many milliseconds. */
  note(kind: string, took: number) {
    // The first call of its kind compiles and allocates: later ones say more.
    this.longest.set(kind, Math.max(took, 0.5 * this.expected(kind, took)));
  }

  /** Other models take other times. */
  forget() {
    this.longest.clear();
  }
}
