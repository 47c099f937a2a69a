/** What each term gives to the gradient, every so many updates, for whoever keeps the ledger. */
import type { LedgerPoint, LedgerSetting } from '../config/ledger';
import { problemOf } from '../config/problems';
import type { Emit } from '../protocol/port';
import { Rhythm } from './rhythm';
import type { RunCourse } from './runCourse';

type Looked = Pick<RunCourse, 'step' | 'stage' | 'termGradients'>;

export class LedgerWatch {
  private setting: LedgerSetting | null = null;
  private rhythm = new Rhythm(0, 1);

  constructor(
    private readonly emit: Emit,
    private readonly now = () => performance.now(),
  ) {}

  /** @param setting how often from now on; null: no more */
  keep(setting: LedgerSetting | null) {
    this.setting = setting;
    if (setting) this.rhythm = new Rhythm(0, setting.share, this.now);
  }

  get isKept(): boolean {
    return this.setting !== null;
  }

  /** While playing: after so many updates, and so rarely that it takes its share of the time at most. */
  isDue(step: number): boolean {
    return this.isOfInterest(step) && this.rhythm.isDue;
  }

  /** True after every so many updates. */
  isOfInterest(step: number): boolean {
    return this.setting !== null && step % this.setting.every === 0;
  }

  /**
   * Looks and tells, and sets the next time by what it took. Where it does not fit into memory the ledger is closed.
   * @param pause awaited between passes; what it throws ends it
   */
  async tell(course: Looked, pause: () => Promise<void>) {
    if (!this.setting) return;
    const { step, stage } = course;
    try {
      await this.rhythm.do(async () => {
        const start = this.now();
        const arms = await course.termGradients(pause);
        const point = arms && { step, ...(stage > 0 && { stage }), took: this.now() - start, arms };
        if (point) this.emit('gradientsMeasured', { point: point satisfies LedgerPoint });
      });
    } catch (error) {
      const problem = problemOf(error);
      if (problem.code !== 'ledgerTooLarge') throw error;
      this.setting = null;
      this.emit('ledgerClosed', { problem });
    }
  }
}
