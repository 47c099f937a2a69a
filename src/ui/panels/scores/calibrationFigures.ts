/** What a calibration comes to in a word, and its groups as dots and as lines of a file. */
import {
  type Calibration,
  fewestPlaces,
  type Reliability,
  type ReliabilityBin,
} from '../../../config/scores';
import type { XyPoint } from '../../charts/XyPlot';

/** `perfect`: what is seen may be chance alone. */
export type Believed = 'perfect' | 'tooSure' | 'tooUnsure' | 'balanced';

/** An error is chance where it is no more than so many times what chance gives; beyond that is rare (tested). */
const mostByChance = 1.5;

export function believed({ asItIs }: Pick<Calibration, 'asItIs'>): Believed {
  if (asItIs.error <= mostByChance * asItIs.byChance) return 'perfect';
  const apart = asItIs.confidence - asItIs.accuracy;
  if (Math.abs(apart) <= asItIs.margin) return 'balanced';
  return apart > 0 ? 'tooSure' : 'tooUnsure';
}

/** True where there are enough places to say anything of. */
export const isEnough = (places: number) => places >= fewestPlaces;

const filled = ({ bins }: Reliability): ReliabilityBin[] => bins.filter(({ count }) => count > 0);

/** A dot for each group that has guesses. */
export const dotsOf = (found: Reliability, withMargins: boolean): XyPoint[] =>
  filled(found).map(({ confidence, accuracy, accuracyLow, accuracyHigh }) => ({
    x: confidence,
    y: accuracy,
    ...(withMargins && { low: accuracyLow, high: accuracyHigh }),
  }));
export const groupColumns = ['model', 'T', 'low', 'high', 'count', 'confidence', 'accuracy'] as const;

/** The groups of one model at T = 1 and at its best T, in full precision. */
export const groupLines = (name: string, { asItIs, atBest, temperature }: Calibration) =>
  [[1, asItIs] as const, [temperature, atBest] as const].flatMap(([T, found]) =>
    filled(found).map(({ low, high, count, confidence, accuracy }) => [
      name,
      T,
      low,
      high,
      count,
      confidence,
      accuracy,
    ]),
  );
