/**
 * The address bar, written at rest: browsers limit how often it may be (Safari: 100 times in 10 s) and throw beyond.
 */

/** Milliseconds without a change after which the address is written. */
const rest = 300;
/** A browser that refuses is asked again after so long. */
const again = 5000;

export class AddressBar {
  /** What the bar shows or will show; null where nothing was shown yet. */
  shown: URL | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly write: (address: URL) => void) {}

  show(address: URL) {
    this.shown = address;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), rest);
  }

  /** Writes now what would be written later: the page may be gone in a moment. */
  flush() {
    clearTimeout(this.timer);
    try {
      if (this.shown) this.write(this.shown);
    } catch {
      this.timer = setTimeout(() => this.flush(), again);
    }
  }
}
