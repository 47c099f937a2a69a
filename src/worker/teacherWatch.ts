import { ProblemError } from '../config/problems';
import type { EvaluationPoint } from '../config/results';
import { bestEvaluation, isGettingWorse } from '../config/teacherTraining';
import type { Keeper } from './keeper';
import type { Kept } from './kept';

/** A teacher in training that learns its text by heart stops at its best. */
export class TeacherWatch {
  /** The state with the lowest held-out loss. */
  private best: Kept | null = null;

  /**
   * @param evaluations so far, that of `step` among them
   * @param checkpoint makes the state of now the keeper's
   * @throws ProblemError teacherGotWorse, upon which the run goes back to the best state
   */
  async look(
    evaluations: readonly EvaluationPoint[],
    step: number,
    keeper: Keeper,
    checkpoint: () => Promise<void>,
  ) {
    const best = bestEvaluation(evaluations);
    if (best?.step === step) {
      await checkpoint();
      this.best = keeper.kept;
    } else if (best && this.best?.snapshot.step === best.step && isGettingWorse(evaluations)) {
      keeper.kept = this.best;
      throw new ProblemError('teacherGotWorse', { step, best: best.step });
    }
  }
}
