/** What every model makes of one sentence: logits at the mask, or of the classes, and attention of every block and head. */
import * as tf from '@tensorflow/tfjs';
import { answersOf, mlm } from '../config/heads';
import type { ProbeModel } from '../config/results';
import { disposeRowIndex, rowIndex } from '../kernels/gatherRows/gatherRows';
import { type EncoderInput, encode } from '../model/encoder';
import { headLogits } from '../model/head';
import type { Model } from './model';

export interface ProbedSentence {
  /** One sentence with specials, or a pair. */
  ids: number[];
  /** Index among them of [MASK], or of [CLS] where the models tell classes. */
  maskIndex: number;
  /** Of a pair: index of the first token of the second text. */
  second?: number;
  /** Longest sentence of all. */
  longest: number;
}

/** Runs the models on a sentence. Errors of a lost device pass through. */
export async function probe(
  models: { id: string; model: Model }[],
  { ids, maskIndex, second, longest }: ProbedSentence,
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
    ...(second !== undefined && { segments: rowIndex(segmentIds(length, second, ids.length), 2) }),
  };
  const results = models.map(({ model }) => tf.tidy(() => probeModel(model, input, ids.length, maskIndex)));
  try {
    return await Promise.all(
      results.map(async (result, i) => {
        const { id, model } = models[i];
        const answers = answersOf(model.head ?? mlm, vocabularySize);
        const values = (await result.data()) as Float32Array;
        const { layers: blocks, heads } = model.shape;
        const maps = blocks * heads * ids.length ** 2;
        const logits = values.slice(0, answers);
        const scores = values.slice(answers, answers + maps);
        const probabilities = values.slice(answers + maps);
        return { id, logits, attention: { blocks, heads, scores, probabilities } };
      }),
    );
  } finally {
    disposeRowIndex(input.tokens);
    if (input.segments) disposeRowIndex(input.segments);
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

/** 1 for the second text of a pair, 0 for the first and for padding, [length]. */
const segmentIds = (length: number, second: number, end: number) =>
  new Int32Array(length).fill(1, second, end);

/** Logits [V] or [C], scores and probabilities [blocks, H, L, L] cut to the sentence's own tokens, in one flat tensor. */
function probeModel(
  { shape, parameters, head = mlm }: Model,
  input: EncoderInput,
  length: number,
  maskIndex: number,
): tf.Tensor1D {
  const { hiddenStates, attentionScores, attentionProbabilities } = encode(parameters, shape, input, {
    keepScores: true,
    keepProbabilities: true,
  });
  const asked = hiddenStates[shape.layers].slice([maskIndex, 0], [1, -1]) as tf.Tensor2D;
  const own = (maps: tf.Tensor4D[]) =>
    maps.map((map) => map.slice([0, 0, 0, 0], [1, -1, length, length]).flatten());
  const parts = [
    headLogits(head, parameters, asked, shape.layers),
    ...own(attentionScores),
    ...own(attentionProbabilities),
  ];
  return tf.concat(parts.map((part) => part.flatten())) as tf.Tensor1D;
}
