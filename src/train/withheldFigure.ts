/** What every model makes of the places where a withheld word stood: the figure that says whether it is known all the same. */
import * as tf from '@tensorflow/tfjs';
import type { WithheldPoint, WordFigure } from '../config/results';
import type { WithheldBatches } from '../data/batches';
import { BatchTensors } from './batchTensors';
import { batchSizes } from './evaluation';
import { forward, onlyAsked } from './forward';
import type { Model, TrainedArm } from './model';
import { wordFigures, wordFiguresWidth } from './wordFigures';

export class WithheldFigure {
  /** The teacher's weights never change. */
  private ofTeacher: WordFigure | null = null;

  constructor(
    private readonly teacher: Model | null,
    private readonly arms: readonly TrainedArm[],
    /** Batches of one shape, whose masked words are all the withheld one. */
    private readonly asked: WithheldBatches,
  ) {}

  /** @param pause awaited between batches, so that commands are heard */
  async measure(pause: () => Promise<void>): Promise<WithheldPoint> {
    const { teacher, arms } = this;
    const { batches, places, heldOut } = this.asked;
    const models: readonly Model[] = teacher && !this.ofTeacher ? [teacher, ...arms] : arms;
    const sums = models.map(() => ({ loss: 0, right: 0 }));
    const inputs = new BatchTensors(batchSizes(batches[0], arms[0].shape.vocabularySize));
    try {
      for (const batch of batches) {
        inputs.write(batch, null);
        const measured = tf.tidy(() =>
          tf.concat(
            models.map(
              (model) => wordFigures(forward(model, inputs, onlyAsked).maskedLogits!, inputs, null).sums,
            ),
          ),
        );
        const values = await measured.data().finally(() => measured.dispose());
        sums.forEach((sum, i) => {
          const [loss, , right] = values.slice(i * wordFiguresWidth);
          sum.loss += loss * batch.maskedCount;
          sum.right += right;
        });
        await pause();
      }
    } finally {
      inputs.dispose();
    }
    const figures = sums.map(
      ({ loss, right }): WordFigure => ({
        accuracy: right / places,
        // Rounding must not make a probability of more than 1 of it.
        logProbability: -Math.max(0, loss / places),
      }),
    );
    if (models.length > arms.length) this.ofTeacher = figures.shift()!;
    return {
      places,
      heldOut,
      teacher: this.ofTeacher,
      arms: Object.fromEntries(arms.map(({ arm }, i) => [arm.id, figures[i]])),
    };
  }
}
