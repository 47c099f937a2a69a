/** A step's parts recorded on WebGPU, so that an update costs the CPU a list of commands and no tfjs at all. */
import type { PlannedPass } from '../kernels/backends/plannedPass';
import { recordPasses, replayPasses } from '../kernels/backends/recordedPasses';
import type { Forward } from './forward';
import type { TrainingStep } from './step';

export class RecordedStep {
  /** The teacher's pass and each arm's; then each arm's update. */
  private readonly batchPasses: PlannedPass[];
  private readonly updatePasses: PlannedPass[];

  constructor(step: TrainingStep) {
    let teacher: Forward | null = null;
    const indices = step.arms.map((_, i) => i);
    const passes = recordPasses([
      () => {
        teacher = step.teacherPass();
      },
      ...indices.map((i) => () => step.armPass(i, teacher)),
      ...indices.map((i) => () => step.update(i)),
    ]);
    this.batchPasses = passes.slice(0, 1 + indices.length);
    this.updatePasses = passes.slice(1 + indices.length);
  }

  /** Compiles all programs side by side; `onProgress` hears of each that is done. */
  async compile(onProgress: (done: number, of: number) => void = () => {}) {
    const counts = new Map<PlannedPass, { done: number; of: number }>();
    const passes = [...this.batchPasses, ...this.updatePasses];
    await Promise.all(
      passes.map((pass) =>
        pass.compile((done, of) => {
          counts.set(pass, { done, of });
          const sum = (what: 'done' | 'of') => [...counts.values()].reduce((n, count) => n + count[what], 0);
          onProgress(sum('done'), sum('of'));
        }),
      ),
    );
  }

  /** Teacher and arms on the batch that was written, and with `last` the updates after it. */
  run(last: boolean) {
    replayPasses(last ? [...this.batchPasses, ...this.updatePasses] : this.batchPasses);
  }

  /** Dispatches of an update with one batch. */
  get dispatches(): number {
    return [...this.batchPasses, ...this.updatePasses].reduce((sum, pass) => sum + pass.dispatches, 0);
  }

  dispose() {
    for (const pass of [...this.batchPasses, ...this.updatePasses]) pass.dispose();
  }
}
