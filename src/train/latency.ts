/** The time of a model's forward pass alone: encoder, and head at one word per sentence. */
import * as tf from '@tensorflow/tfjs';
import type { Latency } from '../config/results';
import { disposeRowIndex, rowIndex } from '../kernels/gatherRows/gatherRows';
import { encode } from '../model/encoder';
import { mlmLogits } from '../model/mlmHead';
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
 * be paused. Models of one shape do the same work: they are measured as one and get the same figures. Shapes take
 * turns, so that whatever else the machine does meets all of them alike.
 */
export async function measureLatencies(
  models: readonly { id: string; model: Model }[],
  length: number,
  pause: () => Promise<void>,
): Promise<Record<string, Latency>> {
  const shapes = new Map<string, Model>();
  for (const { model } of models) if (!shapes.has(shapeKey(model))) shapes.set(shapeKey(model), model);

  const timed = async (batchSize: number) => {
    const passes = [...shapes.values()].map((model) => new ForwardPass(model, batchSize, length));
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
const shapeKey = ({ shape }: Model) =>
  JSON.stringify([
    shape.layers,
    shape.hiddenSize,
    shape.heads,
    shape.intermediateSize,
    shape.tokenTypes,
    shape.vocabularySize,
    shape.maxPositions,
  ]);

/** One batch of a model, ready to be run again and again. */
class ForwardPass {
  private readonly tokens;
  private readonly firsts;
  private readonly attentionMask;

  constructor(
    private readonly model: Model,
    private readonly batchSize: number,
    private readonly length: number,
  ) {
    const { vocabularySize } = model.shape;
    // Any words do: the time doesn't depend on them.
    const ids = Int32Array.from({ length: batchSize * length }, (_, i) => i % vocabularySize);
    const first = Int32Array.from({ length: batchSize }, (_, b) => b * length);
    this.tokens = rowIndex(ids, vocabularySize);
    this.firsts = rowIndex(first, batchSize * length);
    this.attentionMask = tf.ones([batchSize, length]) as tf.Tensor2D;
  }

  /** Resolves once the device is done. */
  async run() {
    const { model, batchSize, length, tokens, firsts, attentionMask } = this;
    const { shape, parameters } = model;
    const logits = tf.tidy(() => {
      const input = { batchSize, sequenceLength: length, tokens, attentionMask };
      const { hiddenStates } = encode(parameters, shape, input);
      return mlmLogits(parameters, tf.gather(hiddenStates[shape.layers], firsts.ids));
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
    this.attentionMask.dispose();
  }
}
