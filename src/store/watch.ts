/** Notices that a worker has fallen silent. */

/** A worker beats twice a second; silence for longer than this is none of its doing, in milliseconds. */
const patience = 1700;
/** A worker that has never been heard may still be loading its script. */
const firstPatience = 20_000;
const checkEvery = 200;
/** Checks that come later than this were held up: this thread stood still itself, or the page was frozen. */
const heldUp = 1000;

export class Watch {
  private last: number;
  private checked: number;
  private busyUntil = 0;
  private wasHeard = false;
  private readonly timer: ReturnType<typeof setInterval>;

  constructor(
    private readonly onSilent: () => void,
    private readonly now = () => performance.now(),
  ) {
    this.last = now();
    this.checked = this.last;
    this.timer = setInterval(() => this.check(), checkEvery);
  }

  /** A message came. */
  heard() {
    this.last = this.now();
    this.wasHeard = true;
  }

  /** The worker may be silent for so long from now; 0: no longer. */
  allow(milliseconds: number) {
    this.busyUntil = this.now() + milliseconds;
  }

  end() {
    clearInterval(this.timer);
  }

  private check() {
    const now = this.now();
    // What was said meanwhile has not been heard yet.
    if (now - this.checked > heldUp) this.last = now;
    this.checked = now;
    const least = this.last + (this.wasHeard ? patience : firstPatience);
    if (now <= Math.max(least, this.busyUntil)) return;
    this.end();
    this.onSilent();
  }
}
