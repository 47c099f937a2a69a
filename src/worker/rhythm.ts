/** When something that is done beside training is due. */

/** Never more often than every `least` milliseconds, and so rarely that it takes at most `share` of the time. */
export class Rhythm {
  private next: number;

  constructor(
    private readonly least: number,
    private readonly share: number,
    private readonly now = () => performance.now(),
  ) {
    this.next = now();
  }

  get isDue(): boolean {
    return this.now() >= this.next;
  }

  /** Does it, and sets the next time by what it took. */
  async do(work: () => Promise<void>) {
    const start = this.now();
    // Where it fails it is not tried again at once either.
    this.next = start + this.least;
    await work();
    const end = this.now();
    this.next = Math.max(start + this.least, end + (end - start) * (1 / this.share - 1));
  }

  /** The next time comes after `milliseconds` from now at the latest. */
  hasten(milliseconds: number) {
    this.next = Math.min(this.next, this.now() + milliseconds);
  }
}

/**
 * Milliseconds between two of each at least, and the share of the time that each may take. Losses come as often as they
 * are drawn. A checkpoint also costs what can't be timed here, the disk's work: on two cores 75 ms for 16 MB, which is
 * 2 % of four seconds. It only saves doing again what came after it; how far the run has come is noted every second.
 */
export const rhythmsOfRun = () => ({
  points: new Rhythm(250, 0.02),
  probe: new Rhythm(500, 0.03),
  checkpoint: new Rhythm(4000, 0.02),
  note: new Rhythm(1000, 0.01),
});
