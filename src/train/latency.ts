/** The time of a model's forward pass alone: encoder, and head at one place per sentence. */
import * as tf from '@tensorflow/tfjs';
import { mlm } from '../config/heads';
import type { Latency } from '../config/results';
import { disposeRowIndex, rowIndex } from '../kernels/gatherRows/gatherRows';
import { encode } from '../model/encoder';
import { headLogits } from '../model/head';
import type { Model } from './model';
import { middleHalf, timesInTurns } from './turns';

const plan = {
  /** Odd, so that the median is a time that was measured. */
  mostRuns: 31,
  leastRuns: 5,
  warmUps: 2,
  /** Milliseconds for each model and batch size, after which a slow machine makes fewer runs. */
  patience: 4000,
};

/**
 * Times of one forward pass by id, at batch 1 and 32, sequences of `length` tokens, each waited for. Training must
 * be paused. `pairs`: of two texts each, half and half. Models of one shape and head do the same work: they are measured as one and get the same figures. Shapes take
 * turns, so that whatever else the machine does meets all of them alike.
 */
export async function measureLatencies(
  models: readonly { id: string; model: Model }[],
  { length, pairs }: { length: number; pairs: boolean },
  pause: () => Promise<void>,
): Promise<Record<string, Latency>> {
  const shapes = new Map<string, Model>();
  for (const { model } of models) if (!shapes.has(shapeKey(model))) shapes.set(shapeKey(model), model);

  const timed = async (batchSize: number) => {
    const passes = [...shapes.values()].map((model) => new ForwardPass(model, batchSize, length, pairs));
    try {
      const times = await timesInTurns(
        passes.map((pass) => () => pass.run()),
        { ...plan, patience: plan.patience * passes.length, now: () => performance.now(), pause },
      );
      return times.map(middleHalf);
    } finally {
      for (const pass of passes) pass.dispose();
    }
  };
  const single = await timed(1);
  const batch = await timed(32);

  const byShape = new Map(
    [...shapes.keys()].map((key, i): [string, Latency] => [
      key,
      {
        batch1Ms: single[i].median,
        batch32Ms: batch[i].median,
        batch1Middle: single[i].middle,
        batch32Middle: batch[i].middle,
        runs: Math.min(single[i].runs, batch[i].runs),
      },
    ]),
  );
  return Object.fromEntries(models.map(({ id, model }) => [id, byShape.get(shapeKey(model))!]));
}

/** Equal for models whose forward pass is the same work. */
export const shapeKey = ({ shape, head = mlm }: Model) =>
  JSON.stringify([
    head,
    shape.layers,
    shape.hiddenSize,
    shape.heads,
    shape.intermediateSize,
    shape.tokenTypes,
    shape.vocabularySize,
    shape.maxPositions,
  ]);

/** One batch of a model, ready to be run again and again. */
export class ForwardPass {
  private readonly tokens;
  private readonly firsts;
  private readonly segments;
  private readonly attentionMask;

  constructor(
    private readonly model: Model,
    private readonly batchSize: number,
    private readonly length: number,
    pairs: boolean,
  ) {
    const { vocabularySize } = model.shape;
    // Any words do: the time doesn't depend on them.
    const ids = Int32Array.from({ length: batchSize * length }, (_, i) => i % vocabularySize);
    const first = Int32Array.from({ length: batchSize }, (_, b) => b * length);
    this.tokens = rowIndex(ids, vocabularySize);
    this.firsts = rowIndex(first, batchSize * length);
    const ofSecond = (i: number) => (i % length < length / 2 ? 0 : 1);
    this.segments = pairs
      ? rowIndex(
          ids.map((_, i) => ofSecond(i)),
          2,
        )
      : undefined;
    this.attentionMask = tf.ones([batchSize, length]) as tf.Tensor2D;
  }

  /** Resolves once the device is done. */
  async run() {
    const { model, batchSize, length, tokens, segments, firsts, attentionMask } = this;
    const { shape, parameters, head = mlm } = model;
    const logits = tf.tidy(() => {
      const input = { batchSize, sequenceLength: length, tokens, segments, attentionMask };
      const { hiddenStates } = encode(parameters, shape, input);
      return headLogits(head, parameters, tf.gather(hiddenStates[shape.layers], firsts.ids), shape.layers);
    });
    try {
      await logits.data();
    } finally {
      logits.dispose();
    }
  }

  dispose() {
    disposeRowIndex(this.tokens);
    disposeRowIndex(this.firsts);
    if (this.segments) disposeRowIndex(this.segments);
    this.attentionMask.dispose();
  }
}
