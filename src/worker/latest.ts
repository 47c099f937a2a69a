/** Writes one value at a time; of those that come meanwhile only the latest. */
export class Latest<T> {
  private waiting: { value: T } | null = null;
  private writing: Promise<void> | null = null;
  private stopped = false;

  /** @param write is not to reject: what goes wrong is its own to tell */
  constructor(private readonly write: (value: T) => Promise<void>) {}

  put(value: T) {
    if (this.stopped) return;
    this.waiting = { value };
    this.writing ??= this.run();
  }

  /** Resolves when nothing is being written and nothing waits for it. */
  async settled() {
    while (this.writing) await this.writing;
  }

  /** What waits is dropped, and nothing more is taken. */
  stop() {
    this.stopped = true;
    this.waiting = null;
  }

  private async run() {
    while (this.waiting) {
      const { value } = this.waiting;
      this.waiting = null;
      await this.write(value);
    }
    this.writing = null;
  }
}
