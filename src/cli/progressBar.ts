/** What the run of one of several seeds sends to the process that started it. */
export interface Progress {
  /** Updates done so far. */
  step: number;
}

/** A line on standard error that fills up; nothing where that is no terminal. */
export class ProgressBar {
  private readonly begun = performance.now();
  constructor(private readonly total: number) {}

  show(done: number, note: string) {
    process.send?.({ step: done } satisfies Progress);
    if (!process.stderr.isTTY) return;
    const width = 30;
    const filled = Math.round((done / this.total) * width);
    const rate = (done * 1000) / (performance.now() - this.begun);
    const bar = '█'.repeat(filled) + '░'.repeat(width - filled);
    process.stderr.write(`\r${bar} ${done}/${this.total}  ${rate.toFixed(1)} steps/s  ${note} `);
  }

  /** Makes way for another line; the next `show` draws it again. */
  clear() {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }

  end() {
    if (process.stderr.isTTY) process.stderr.write('\n');
  }
}
