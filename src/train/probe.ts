/** What every model makes of one sentence: logits at the mask, attention of every block and head. */
import * as tf from '@tensorflow/tfjs';
import type { ProbeModel } from '../config/results';
import { disposeRowIndex, rowIndex } from '../kernels/gatherRows/gatherRows';
import { type EncoderInput, encode } from '../model/encoder';
import { mlmLogits } from '../model/mlmHead';
import type { Model } from './model';

export interface ProbedSentence {
  /** One sentence with specials. */
  ids: number[];
  /** Index of [MASK] among them. */
  maskIndex: number;
  /** Longest sentence of all. */
  longest: number;
}

/** Runs the models on a sentence. Errors of a lost device pass through. */
export async function probe(
  models: { id: string; model: Model }[],
  { ids, maskIndex, longest }: ProbedSentence,
): Promise<ProbeModel[]> {
  // On a GPU the shapes never change, so that another sentence needs no other program; elsewhere padding only costs time.
  const length = tf.getBackend() === 'webgpu' ? longest : ids.length;
  const padded = new Int32Array(length);
  padded.set(ids);
  const { vocabularySize } = models[0].model.shape;
  const input: EncoderInput = {
    batchSize: 1,
    sequenceLength: length,
    tokens: rowIndex(padded, vocabularySize),
    attentionMask: tf.tensor2d(
      Float32Array.from(padded, (_, i) => (i < ids.length ? 1 : 0)),
      [1, length],
    ),
  };
  const results = models.map(({ model }) => tf.tidy(() => probeModel(model, input, ids.length, maskIndex)));
  try {
    return await Promise.all(
      results.map(async (result, i) => {
        const { id, model } = models[i];
        const values = (await result.data()) as Float32Array;
        const { layers: blocks, heads } = model.shape;
        const maps = blocks * heads * ids.length ** 2;
        const logits = values.slice(0, vocabularySize);
        const scores = values.slice(vocabularySize, vocabularySize + maps);
        const probabilities = values.slice(vocabularySize + maps);
        return { id, logits, attention: { blocks, heads, scores, probabilities } };
      }),
    );
  } finally {
    disposeRowIndex(input.tokens);
    tf.dispose([input.attentionMask, results]);
  }
}

/** What a frozen model made of the last sentence, which stays the same for as long as the sentence does. */
export class FrozenProbe {
  private last: { key: string; answer: ProbeModel } | null = null;

  constructor(
    private readonly id: string,
    private readonly model: Model,
  ) {}

  /** The answer, of which the caller may give away the numbers. */
  async of(sentence: ProbedSentence): Promise<ProbeModel> {
    const key = JSON.stringify(sentence);
    if (this.last?.key !== key) {
      const [answer] = await probe([{ id: this.id, model: this.model }], sentence);
      this.last = { key, answer };
    }
    return structuredClone(this.last.answer);
  }
}

/** Logits [V], scores and probabilities [blocks, H, L, L] cut to the sentence's own tokens, in one flat tensor. */
function probeModel(
  { shape, parameters }: Model,
  input: EncoderInput,
  length: number,
  maskIndex: number,
): tf.Tensor1D {
  const { hiddenStates, attentionScores, attentionProbabilities } = encode(parameters, shape, input, {
    keepScores: true,
    keepProbabilities: true,
  });
  const atMask = hiddenStates[shape.layers].slice([maskIndex, 0], [1, -1]) as tf.Tensor2D;
  const own = (maps: tf.Tensor4D[]) =>
    maps.map((map) => map.slice([0, 0, 0, 0], [1, -1, length, length]).flatten());
  const parts = [mlmLogits(parameters, atMask), ...own(attentionScores), ...own(attentionProbabilities)];
  return tf.concat(parts.map((part) => part.flatten())) as tf.Tensor1D;
}
