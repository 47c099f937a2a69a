/**
 * How well teachers beside the first fill in masked words. Their weights never change, so that their figures on a fixed
 * sample are computed once.
 */
import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../data/batches';
import type { BatchTensors } from './batchTensors';
import { forward } from './forward';
import type { Model } from './model';
import type { TeacherPass } from './teacherPasses';
import { wordFigures } from './wordFigures';

const needs = { maskedLogits: true, allLogits: false, scores: false, qkv: [], probabilities: false };

export class OtherTeachers {
  private readonly kept = new Map<Batch, tf.Tensor1D[]>();

  constructor(private readonly models: readonly Model[]) {}

  /**
   * `WordFigures.sums` of each on the batch whose numbers lie in `inputs`, compared with the first teacher's `pass`. They
   * belong to the surrounding tf.tidy, unless they are kept (`keep`), when they stay until `dispose`.
   */
  of(source: Batch, inputs: BatchTensors, pass: TeacherPass | null, keep: boolean): tf.Tensor1D[] {
    const known = this.kept.get(source);
    if (known) return known;
    const first = pass && { maskedLogits: pass.forward.maskedLogits!, guesses: pass.words.guesses };
    const sums = this.models.map(
      (model) => wordFigures(forward(model, inputs, needs).maskedLogits!, inputs, first).sums,
    );
    if (keep) this.kept.set(source, sums.map(tf.keep));
    return sums;
  }

  dispose() {
    for (const sums of this.kept.values()) tf.dispose(sums);
    this.kept.clear();
  }
}
