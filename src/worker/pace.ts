/** When the loop breathes, how fast it goes, and how fast it went. */

export { breathe } from '../util/breathe';

/** Waits `ms`, or less where `wake` is called. */
export class Nap {
  private wakeUp = () => {};
  wake() {
    this.wakeUp();
  }
  take(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Steps per second over the last seconds of playing. */
export class Speedometer {
  private marks: { at: number; step: number }[] = [];

  /** Forgets, so that a pause doesn't count. */
  restart(step: number, at = performance.now()) {
    this.marks = [{ at, step }];
  }

  note(step: number, at = performance.now()) {
    this.marks.push({ at, step });
    while (this.marks.length > 2 && at - this.marks[0].at > 5000) this.marks.shift();
  }

  get stepsPerSecond(): number | null {
    const first = this.marks[0];
    const last = this.marks.at(-1);
    if (!first || !last || last.step === first.step) return null;
    return ((last.step - first.step) * 1000) / (last.at - first.at);
  }
}
