/** Whether the probabilities of models can be believed: confidence beside correctness on the held-out part, in one pass. */
import * as tf from '@tensorflow/tfjs';
import type { Calibration, Calibrations } from '../config/scores';
import type { Batch } from '../data/batches';
import { BatchTensors } from './batchTensors';
import { batchSizes, sizesOf } from './evaluation';
import { forward, onlyAsked } from './forward';
import { ladderSteps, logSums } from './logSums';
import type { Model } from './model';
import { type Place, reliability, TemperatureFit } from './reliability';

/** Places that are asked at most; held-out batches are in an order that is shuffled once and for all. */
const mostPlaces = 12_000;

/** One model's places: those of every other sequence fit T, and the others are told of. */
class HalvedPlaces {
  private readonly fit = new TemperatureFit();
  private readonly told: Place[] = [];
  private readonly sums = new Float64Array(2 * ladderSteps);

  add(logits: Float32Array, gold: number, fits: boolean) {
    const largest = logSums(logits, this.sums);
    const place = { sums: this.sums, gold: logits[gold] - largest };
    if (fits) this.fit.add(place);
    else
      this.told.push({
        ...place,
        sums: Float32Array.from(this.sums),
        right: logits.indexOf(largest) === gold,
      });
  }

  get counts() {
    return { fitted: this.fit.count, places: this.told.length };
  }

  calibration(): Calibration {
    const { told } = this;
    const { temperature, atEnd } = this.fit.best();
    return {
      temperature,
      atEnd,
      asItIs: reliability(told, 1),
      atBest: reliability(told, temperature),
    };
  }
}

/**
 * @param batches of the held-out part, all of one shape
 * @param pause awaited after each model's pass over a batch, with the share that is done; what it throws ends it
 */
export async function calibrate(
  models: readonly { id: string; model: Model }[],
  batches: readonly Batch[],
  pause: (share: number) => Promise<void>,
): Promise<Omit<Calibrations, 'step'>> {
  const asked = withinBounds(batches);
  const found = models.map(() => new HalvedPlaces());
  const inputs = new BatchTensors(batchSizes(batches[0], ...sizesOf(models[0].model)));
  const answers = inputs.sizes.answers!;
  let sequences = 0;
  try {
    for (const [b, batch] of asked.entries()) {
      inputs.write(batch, null);
      for (const [m, { model }] of models.entries()) {
        const logits = tf.tidy(() => forward(model, inputs, onlyAsked).maskedLogits!);
        const values = (await logits.data().finally(() => logits.dispose())) as Float32Array;
        batch.maskedWeights.forEach((weight, i) => {
          if (weight === 0) return;
          const sequence = sequences + Math.floor(batch.maskedPositions[i] / batch.sequenceLength);
          const row = values.subarray(i * answers, (i + 1) * answers);
          found[m].add(row, batch.labels[i], sequence % 2 === 0);
        });
        await pause((b + (m + 1) / models.length) / asked.length);
      }
      sequences += batch.sequenceCount;
    }
  } finally {
    inputs.dispose();
  }
  const calibrations = models.map(({ id }, m): [string, Calibration] => [id, found[m].calibration()]);
  return {
    ...found[0].counts,
    whole: asked.length === batches.length,
    models: Object.fromEntries(calibrations),
  };
}

/** The first batches, as many as hold no more than `mostPlaces`; one at least. */
function withinBounds(batches: readonly Batch[]): readonly Batch[] {
  let places = 0;
  const end = batches.findIndex(({ maskedCount }, i) => {
    places += maskedCount;
    return i > 0 && places > mostPlaces;
  });
  return end < 0 ? batches : batches.slice(0, end);
}
