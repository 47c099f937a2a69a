/** The teacher's side of an evaluation. Its weights never change, so what it says of a fixed sample is computed once. */
import * as tf from '@tensorflow/tfjs';
import type { Needs } from '../config/needs';
import type { Batch } from '../data/batches';
import type { BatchTensors } from './batchTensors';
import { type Forward, forward } from './forward';
import type { Model } from './model';
import { type WordFigures, wordFigures } from './wordFigures';

/** What is kept of the passes of one run, in bytes: the default sample takes some 20 MB. */
const mostBytes = 64 * 1024 * 1024;

export interface TeacherPass {
  forward: Forward;
  words: WordFigures;
}

/** What is asked of a pass. */
export interface PassNeeds extends Needs {
  /** Hidden states of every layer, not of the last alone. */
  layers: boolean;
}

export class TeacherPasses {
  private readonly kept = new Map<Batch, TeacherPass>();
  private keptFor = '';
  private bytes = 0;

  constructor(private readonly teacher: Model) {}

  /** To be called before an evaluation: forgets passes that were made for other needs. */
  expect(needs: PassNeeds) {
    const wanted = JSON.stringify(needs);
    if (this.keptFor !== wanted) this.dispose();
    this.keptFor = wanted;
  }

  /**
   * The pass on a batch whose numbers lie in `inputs`. What it holds belongs to the surrounding tf.tidy, unless it is kept
   * (`keep`, and while there is room), when it stays until `dispose`.
   */
  of(source: Batch, inputs: BatchTensors, needs: PassNeeds, keep: boolean): TeacherPass {
    const known = this.kept.get(source);
    if (known) return known;
    const pass = this.compute(inputs, needs);
    const tensors = tensorsOf(pass);
    const bytes = [...tensors].reduce((sum, { size }) => sum + 4 * size, 0);
    if (keep && this.bytes + bytes <= mostBytes) {
      for (const tensor of tensors) tf.keep(tensor);
      this.kept.set(source, pass);
      this.bytes += bytes;
    }
    return pass;
  }

  dispose() {
    for (const pass of this.kept.values()) tf.dispose([...tensorsOf(pass)]);
    this.kept.clear();
    this.bytes = 0;
  }

  private compute(inputs: BatchTensors, needs: PassNeeds): TeacherPass {
    const whole = forward(this.teacher, inputs, needs);
    const hiddenStates = needs.layers ? whole.encoder.hiddenStates : [];
    const words = wordFigures(whole.maskedLogits!, inputs, null);
    return { forward: { ...whole, encoder: { ...whole.encoder, hiddenStates } }, words };
  }
}

function tensorsOf({ forward, words }: TeacherPass): Set<tf.Tensor> {
  const { encoder, hidden, allLogits, maskedLogits } = forward;
  const { hiddenStates, attentionScores, attentionProbabilities } = encoder;
  const qkv = encoder.qkv.filter((tensor) => tensor !== null);
  const logits = [allLogits, maskedLogits].filter((tensor) => tensor !== null);
  const all = [hidden, ...logits, ...hiddenStates, ...attentionScores, ...attentionProbabilities, ...qkv];
  return new Set<tf.Tensor>([...all, words.guesses, words.sums]);
}
