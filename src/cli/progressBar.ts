/** A line on standard error that fills up; nothing where that is no terminal. */
export class ProgressBar {
  private readonly begun = performance.now();
  constructor(private readonly total: number) {}

  show(done: number, note: string) {
    if (!process.stderr.isTTY) return;
    const width = 30;
    const filled = Math.round((done / this.total) * width);
    const rate = (done * 1000) / (performance.now() - this.begun);
    const bar = '█'.repeat(filled) + '░'.repeat(width - filled);
    process.stderr.write(`\r${bar} ${done}/${this.total}  ${rate.toFixed(1)} steps/s  loss ${note} `);
  }

  end() {
    if (process.stderr.isTTY) process.stderr.write('\n');
  }
}
