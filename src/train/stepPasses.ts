/** The passes of a step one by one, for whoever looks into it without taking it. */
import * as tf from '@tensorflow/tfjs';
import type { TermId } from '../methods/registry';
import type { Lessons } from './lessons';
import type { RecordedStep } from './recordedStep';
import type { TrainingStep } from './step';

export class StepPasses {
  /** Where nothing is recorded, the teachers' side of the batch that was written. */
  private lessons: Lessons | null = null;

  constructor(
    private readonly step: TrainingStep,
    private readonly recorded: RecordedStep | null,
  ) {}

  /** The terms of an arm that have a weight in what was written last. */
  weighted(index: number): TermId[] {
    return this.step.terms[index].filter((term) => this.step.weightWritten(index, term) > 0);
  }

  /** On the batch that was written, once for all arms. */
  teachers() {
    if (this.recorded) return this.recorded.runTeachers();
    this.end();
    this.lessons = tf.tidy(
      () => this.step.teacherPass() as unknown as tf.TensorContainer,
    ) as unknown as Lessons;
  }

  /** Leaves the gradient of weight · term in the arm's `gradients`. */
  arm(index: number, term: TermId) {
    this.step.weighAlone(index, term);
    if (this.recorded) this.recorded.runArm(index);
    else if (this.lessons) this.step.armPass(index, this.lessons);
    else throw new Error('An arm learns before its teachers have spoken');
  }

  /** Gives back what is held. */
  end() {
    if (this.lessons) tf.dispose(this.lessons as unknown as tf.TensorContainer);
    this.lessons = null;
  }
}
