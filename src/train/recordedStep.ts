/** A step's parts recorded on WebGPU, so that an update costs the CPU a list of commands and no tfjs at all. */
import type { PlannedPass } from '../kernels/backends/plannedPass';
import { compilePasses, recordPasses, replayPasses } from '../kernels/backends/recordedPasses';
import type { Lessons } from './lessons';
import type { TrainingStep } from './step';

export class RecordedStep {
  /** The teacher's pass and each arm's; then each arm's update. */
  private readonly passes: PlannedPass[];
  /** Those for one batch. */
  private readonly batchPasses: PlannedPass[];

  constructor(step: TrainingStep) {
    let lessons: Lessons = { teachers: [], arms: [] };
    const indices = step.arms.map((_, i) => i);
    this.passes = recordPasses([
      () => {
        lessons = step.teacherPass();
      },
      ...indices.map((i) => () => step.armPass(i, lessons)),
      ...indices.map((i) => () => step.update(i)),
    ]);
    this.batchPasses = this.passes.slice(0, 1 + indices.length);
  }

  /** Compiles all programs side by side; `onProgress` hears of each that is done. */
  compile(onProgress?: (done: number, of: number) => void): Promise<void> {
    return compilePasses(this.passes, onProgress);
  }

  /** Teacher and arms on the batch that was written, and with `last` the updates after it. */
  run(last: boolean) {
    replayPasses(last ? this.passes : this.batchPasses);
  }

  /** The teachers' pass on the batch that was written, for the arms' passes after it. */
  runTeachers() {
    replayPasses(this.passes.slice(0, 1));
  }

  /** Losses and gradients of one arm, and no update. */
  runArm(index: number) {
    replayPasses([this.passes[1 + index]]);
  }

  /** Dispatches of an update with one batch. */
  get dispatches(): number {
    return this.passes.reduce((sum, pass) => sum + pass.dispatches, 0);
  }

  /** Bytes of the values that the passes compute. */
  get storageBytes(): number {
    return this.passes.reduce((sum, pass) => sum + pass.storageBytes, 0);
  }

  dispose() {
    for (const pass of this.passes) pass.dispose();
  }
}
