/** What people ask of the models while the run rests: how far it is, and that nobody waits for it any more. */
import type { Emit } from '../protocol/port';
import type { Run } from './run';
import type { RunCourse } from './runCourse';

export class Questions {
  /** Counts what people wanted no more. */
  private turn = 0;

  constructor(private readonly emit: Emit) {}

  /** @throws ProblemError interrupted where something newer was asked for, or nobody waits for it any more */
  ask<T>(
    run: Run,
    question: (course: RunCourse, pause: (share: number) => Promise<void>) => Promise<T>,
  ): Promise<T> {
    const { turn } = this;
    return run.ask(
      (course, pause) =>
        question(course, (share) => {
          this.emit('guessing', { share });
          return pause();
        }),
      () => turn !== this.turn,
    );
  }

  stop() {
    this.turn += 1;
  }
}
