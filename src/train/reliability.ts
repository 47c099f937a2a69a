/** Confidence beside correctness: Guo, Pleiss, Sun and Weinberger, On Calibration of Modern Neural Networks, ICML 2017. */
import type { Reliability, ReliabilityBin } from '../config/scores';
import { ladderSteps, logSumAt, logTemperature } from './logSums';

/** As many as in the paper, of equal width. */
export const binCount = 15;

const normal95 = 1.96;

/** The 95 % interval of a share of `count` (Wilson 1927), which stays within 0 and 1. */
export function wilson(share: number, count: number): [number, number] {
  if (count === 0) return [0, 1];
  const z = normal95 ** 2 / count;
  const centre = (share + z / 2) / (1 + z);
  const half = (normal95 / (1 + z)) * Math.sqrt((share * (1 - share)) / count + z / (4 * count));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

/** What is known of one place. */
export interface Place {
  /** `logSums`, [2, K]. */
  sums: ArrayLike<number>;
  /** The logit of what was there less the largest, u_a ≤ 0. */
  gold: number;
  /** Whether the first guess is what was there. */
  right: boolean;
}

/** Nats that the answer costs at a temperature. */
const lossAt = ({ sums, gold }: Pick<Place, 'sums' | 'gold'>, logT: number) =>
  logSumAt(sums, logT) - gold * Math.exp(-logT);

/** Equation 2 and the expected calibration error of equation 3, over `places` at one temperature. */
export function reliability(places: readonly Place[], temperature: number): Reliability {
  const logT = Math.log(temperature);
  const bins = Array.from(
    { length: binCount },
    (_, b): ReliabilityBin => ({
      low: b / binCount,
      high: (b + 1) / binCount,
      count: 0,
      confidence: 0,
      accuracy: 0,
      accuracyLow: 0,
      accuracyHigh: 1,
    }),
  );
  const variance = new Float64Array(binCount);
  let [loss, squares] = [0, 0];
  for (const place of places) {
    const confidence = Math.min(1, Math.exp(-logSumAt(place.sums, logT)));
    const index = Math.max(0, Math.ceil(confidence * binCount) - 1);
    bins[index].count += 1;
    bins[index].confidence += confidence;
    bins[index].accuracy += place.right ? 1 : 0;
    variance[index] += confidence * (1 - confidence);
    loss += lossAt(place, logT);
    squares += ((place.right ? 1 : 0) - confidence) ** 2;
  }
  const all = Math.max(1, places.length);
  const total = (of: (bin: ReliabilityBin, b: number) => number) =>
    bins.reduce((sum, bin, b) => sum + of(bin, b), 0);
  const means = {
    error: total(({ confidence, accuracy }) => Math.abs(accuracy - confidence)) / all,
    // How many of a bin are right spreads like a normal variable, whose mean size is √(2/π) of its deviation.
    byChance: total((_, b) => Math.sqrt((2 / Math.PI) * variance[b])) / all,
    confidence: total(({ confidence }) => confidence) / all,
    accuracy: total(({ accuracy }) => accuracy) / all,
    loss: loss / all,
  };
  const apart = means.accuracy - means.confidence;
  const margin = normal95 * Math.sqrt(Math.max(0, squares / all - apart ** 2) / all);
  for (const bin of bins) {
    bin.confidence /= Math.max(1, bin.count);
    bin.accuracy /= Math.max(1, bin.count);
    [bin.accuracyLow, bin.accuracyHigh] = wilson(bin.accuracy, bin.count);
  }
  return { bins, ...means, margin };
}

/** Sums of places, from which their best temperature is found. */
export class TemperatureFit {
  count = 0;
  private readonly sums = new Float64Array(2 * ladderSteps);
  private gold = 0;

  add({ sums, gold }: Pick<Place, 'sums' | 'gold'>) {
    for (let i = 0; i < this.sums.length; i++) this.sums[i] += sums[i];
    this.gold += gold;
    this.count += 1;
  }

  /** T of the least mean loss (temperature scaling, section 4.2 of the paper). The loss is convex in 1/T. */
  best(): { temperature: number; atEnd: boolean } {
    const loss = (logT: number) => lossAt({ sums: this.sums, gold: this.gold }, logT);
    let step = 0;
    for (let other = 1; other < ladderSteps; other++) {
      if (loss(logTemperature(other)) < loss(logTemperature(step))) step = other;
    }
    let low = logTemperature(Math.max(0, step - 1));
    let high = logTemperature(Math.min(ladderSteps - 1, step + 1));
    const golden = (Math.sqrt(5) - 1) / 2;
    while (high - low > 1e-7) {
      const [first, second] = [high - golden * (high - low), low + golden * (high - low)];
      if (loss(first) <= loss(second)) high = second;
      else low = first;
    }
    const logT = (low + high) / 2;
    const ends = [logTemperature(0), logTemperature(ladderSteps - 1)];
    const atEnd = ends.some((end) => Math.abs(logT - end) < 1e-4);
    return { temperature: Math.exp(logT), atEnd };
  }
}
