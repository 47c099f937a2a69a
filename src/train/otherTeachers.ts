/**
 * How well teachers beside the first fill in masked words. Their weights never change, so that their figures on a fixed
 * sample are computed once.
 */
import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../data/batches';
import type { BatchTensors } from './batchTensors';
import { forward, onlyAsked } from './forward';
import type { Model } from './model';
import type { TeacherPass } from './teacherPasses';
import { type WordFigures, wordFigures } from './wordFigures';

export class OtherTeachers {
  private readonly kept = new Map<Batch, WordFigures[]>();

  constructor(private readonly models: readonly Model[]) {}

  /**
   * The figures of each on the batch whose numbers lie in `inputs`, compared with the first teacher's `pass`. They
   * belong to the surrounding tf.tidy, unless they are kept (`keep`), when they stay until `dispose`.
   */
  of(source: Batch, inputs: BatchTensors, pass: TeacherPass | null, keep: boolean): WordFigures[] {
    const known = this.kept.get(source);
    if (known) return known;
    const first = pass && { maskedLogits: pass.forward.maskedLogits!, guesses: pass.words.guesses };
    const figures = this.models.map((model) =>
      wordFigures(forward(model, inputs, onlyAsked).maskedLogits!, inputs, first),
    );
    if (!keep) return figures;
    for (const { sums, guesses } of figures) for (const tensor of [sums, guesses]) tf.keep(tensor);
    this.kept.set(source, figures);
    return figures;
  }

  dispose() {
    for (const figures of this.kept.values()) {
      for (const { sums, guesses } of figures) tf.dispose([sums, guesses]);
    }
    this.kept.clear();
  }
}
