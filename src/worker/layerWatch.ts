/** How alike layers are, for whoever looks at the wiring board: at once, and every so often while the run plays. */
import { type LikenessPoint, likenessShare } from '../config/likeness';
import type { Emit } from '../protocol/port';
import { Rhythm } from './rhythm';
import type { RunCourse } from './runCourse';

/** Milliseconds between two comparisons at least. */
const least = 2000;

type Compared = Pick<RunCourse, 'step' | 'stage' | 'compareLayers'>;

export class LayerWatch {
  /** True while somebody looks. */
  isWatched = false;
  private readonly rhythm: Rhythm;
  /** True once it has been told what students were before their first update. */
  private knowsStart = false;

  constructor(
    private readonly emit: Emit,
    private readonly now = () => performance.now(),
  ) {
    this.rhythm = new Rhythm(least, likenessShare, now);
  }

  /** @param watched whether somebody looks from now on, and wants to see it soon */
  watch(watched: boolean) {
    this.isWatched = watched;
    if (watched) this.rhythm.hasten(0);
  }

  get isDue(): boolean {
    return this.isWatched && this.rhythm.isDue;
  }

  /**
   * Compares and tells, and sets the next time by what it took. What students were at step 0 goes first, once, where nobody
   * has seen it: the seed gives it again.
   * @param pause awaited between batches; what it throws ends the comparison
   */
  async tell(course: Compared, pause: () => Promise<void>) {
    if (!this.isWatched) return;
    const { step, stage } = course;
    // Students of a later stage begin it with what they have learned before.
    if (!this.knowsStart && step > 0 && stage === 0) await this.compare(course, 'start', 0, pause);
    this.knowsStart ||= stage === 0;
    await this.rhythm.do(() => this.compare(course, 'now', step, pause));
  }

  private async compare(course: Compared, of: 'now' | 'start', step: number, pause: () => Promise<void>) {
    const { stage } = course;
    const start = this.now();
    const found = await course.compareLayers(of, pause);
    const took = this.now() - start;
    const point: LikenessPoint = { step, ...(stage > 0 && { stage }), took, ...found };
    this.emit('layersCompared', { point });
  }
}
