/** The step that a trainer's updates take: made anew where a term comes to an arm, and recorded where that can be. */
import type { Arm } from '../config/experiment';
import { hasTerm } from '../config/objective';
import type { Problem } from '../config/problems';
import type { Batch } from '../data/batches';
import { canRecord } from '../kernels/backends/recordedPasses';
import { type TermId, termIds } from '../methods/registry';
import { RecordedStep } from './recordedStep';
import type { StepNumbers, TrainingStep } from './step';
import { StepPasses } from './stepPasses';

export interface PrepareOptions {
  /** Hears of each program that is compiled. */
  onProgress?: (done: number, of: number) => void;
  /** Told once where a step can't be recorded: updates go on slower. */
  onRefusal?: (problem: Problem) => void;
}

export class CurrentStep {
  private step: TrainingStep | null = null;
  /** The same, recorded; null where it is computed operation by operation. */
  private recorded: RecordedStep | null = null;
  private refusesRecording = false;

  /** @param arms as they are at the moment */
  constructor(
    private readonly arms: () => readonly { arm: Arm }[],
    private readonly make: (terms: TermId[][]) => TrainingStep,
  ) {}

  /**
   * By arm, the terms that are computed. A term whose weight goes to 0 stays, at weight 0, so that a slider moved to the end
   * and back changes nothing.
   */
  get terms(): TermId[][] {
    return this.arms().map(({ arm }, i) =>
      termIds.filter((term) => hasTerm(arm, term) || this.step?.terms[i].includes(term)),
    );
  }

  /** True where updates replay a recording. */
  get isRecorded(): boolean {
    return this.recorded !== null;
  }

  /**
   * Makes the next update ready where that takes time: on WebGPU the step is recorded and its programs compiled, side
   * by side. Without it, or where it fails, updates are computed operation by operation.
   */
  async prepare({ onProgress, onRefusal }: PrepareOptions) {
    const step = this.ready();
    if (this.recorded || this.refusesRecording || !canRecord()) return;
    let recorded: RecordedStep | null = null;
    try {
      recorded = new RecordedStep(step);
      await recorded.compile(onProgress);
      if (step === this.step) this.recorded = recorded;
      else recorded.dispose();
    } catch (error) {
      recorded?.dispose();
      this.refusesRecording = true;
      const { message } = error as Error;
      onRefusal?.({ code: 'recordingFailed', values: { message } });
    }
  }

  /** One of the batches of an update, and with `last` the update after it. */
  run(batch: Batch, micro: number, numbers: StepNumbers, last: boolean) {
    const step = this.ready();
    step.write(batch, micro, numbers);
    (this.recorded ?? step).run(last);
  }

  /** Writes one of the batches of an update, and computes nothing. */
  write(batch: Batch, micro: number, numbers: StepNumbers) {
    this.ready().write(batch, micro, numbers);
  }

  /** The passes of the step as it is now wanted, one by one. */
  passes(): StepPasses {
    return new StepPasses(this.ready(), this.recorded);
  }

  drop() {
    this.recorded?.dispose();
    this.step?.dispose();
    this.recorded = null;
    this.step = null;
  }

  /** The step as it is now wanted: only a term that comes to an arm anew makes another one. */
  private ready(): TrainingStep {
    const { step, terms } = this;
    if (step && terms.every((own, i) => own.length === step.terms[i].length)) return step;
    this.drop();
    this.step = this.make(terms);
    return this.step;
  }
}
