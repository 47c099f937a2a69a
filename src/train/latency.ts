/** The time of a model's forward pass alone: encoder, and head at one word per sentence. */
import * as tf from '@tensorflow/tfjs';
import type { Latency } from '../config/results';
import { disposeRowIndex, rowIndex } from '../kernels/gatherRows/gatherRows';
import { encode } from '../model/encoder';
import { mlmLogits } from '../model/mlmHead';
import type { Model } from './model';

const mostRuns = 30;
const leastRuns = 3;
const warmUps = 2;
/** A slow machine makes fewer runs than 30 rather than keep people waiting: milliseconds for each batch size. */
const patience = 3000;

/** Medians of up to 30 runs at batch 1 and 32, sequences of `length` tokens, each waited for. Training must be paused. */
export async function measureLatency(
  model: Model,
  length: number,
  pause: () => Promise<void>,
): Promise<Latency> {
  const single = await timeForward(model, 1, length, pause);
  const batch = await timeForward(model, 32, length, pause);
  return { batch1Ms: median(single), batch32Ms: median(batch), runs: Math.min(single.length, batch.length) };
}

async function timeForward(model: Model, batchSize: number, length: number, pause: () => Promise<void>) {
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
  const begun = performance.now();
  try {
    for (let run = 0; run < warmUps + mostRuns; run++) {
      if (times.length >= leastRuns && performance.now() - begun > patience) break;
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
    return times;
  } finally {
    disposeRowIndex(tokens);
    disposeRowIndex(firsts);
    attentionMask.dispose();
  }
}

const median = (times: number[]) => [...times].sort((a, b) => a - b)[times.length >> 1];
