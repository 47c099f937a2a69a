/** The time of a model's forward pass alone: encoder, and head at one word per sentence. */
import * as tf from '@tensorflow/tfjs';
import type { Latency } from '../config/results';
import { disposeRowIndex, rowIndex } from '../kernels/gatherRows/gatherRows';
import { encode } from '../model/encoder';
import { mlmLogits } from '../model/mlmHead';
import type { Model } from './model';

const runs = 30;
const warmUps = 3;

/** Medians of 30 runs at batch 1 and 32 on sequences of `length` tokens, each waited for. Training must be paused. */
export async function measureLatency(
  model: Model,
  length: number,
  pause: () => Promise<void>,
): Promise<Latency> {
  return {
    batch1Ms: await median(model, 1, length, pause),
    batch32Ms: await median(model, 32, length, pause),
    runs,
  };
}

async function median(model: Model, batchSize: number, length: number, pause: () => Promise<void>) {
  const { shape, parameters } = model;
  // Any words do: the time doesn't depend on them.
  const ids = Int32Array.from({ length: batchSize * length }, (_, i) => i % shape.vocabularySize);
  const tokens = rowIndex(ids, shape.vocabularySize);
  const firsts = rowIndex(
    Int32Array.from({ length: batchSize }, (_, b) => b * length),
    batchSize * length,
  );
  const attentionMask = tf.ones([batchSize, length]) as tf.Tensor2D;
  const times: number[] = [];
  for (let run = 0; run < warmUps + runs; run++) {
    const start = performance.now();
    const logits = tf.tidy(() => {
      const input = { batchSize, sequenceLength: length, tokens, attentionMask };
      const { hiddenStates } = encode(parameters, shape, input);
      return mlmLogits(parameters, tf.gather(hiddenStates[shape.layers], firsts.ids));
    });
    await logits.data();
    if (run >= warmUps) times.push(performance.now() - start);
    logits.dispose();
    await pause();
  }
  disposeRowIndex(tokens);
  disposeRowIndex(firsts);
  attentionMask.dispose();
  return times.sort((a, b) => a - b)[times.length >> 1];
}
