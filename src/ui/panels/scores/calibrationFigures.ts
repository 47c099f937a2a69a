/** What a calibration comes to in a word, and its groups as dots and as lines of a file. */
import type { Calibration, Reliability, ReliabilityBin } from '../../../config/scores';
import type { XyPoint } from '../../charts/XyPlot';
import { fewestWords, shareMargin } from '../../margins';

/** `perfect`: what is seen may be chance alone. */
export type Believed = 'perfect' | 'tooSure' | 'tooUnsure' | 'balanced';

/** An error is chance where it is no more than so many times what chance gives; beyond that is rare (tested). */
const mostByChance = 1.5;

export function believed({ asItIs }: Pick<Calibration, 'asItIs'>, places: number): Believed {
  if (asItIs.error <= mostByChance * asItIs.byChance) return 'perfect';
  const apart = asItIs.confidence - asItIs.accuracy;
  if (Math.abs(apart) <= shareMargin(asItIs.accuracy, places)) return 'balanced';
  return apart > 0 ? 'tooSure' : 'tooUnsure';
}

/** True where there are enough places to say anything of. */
export const isEnough = (places: number) => places >= fewestWords;

const filled = ({ bins }: Reliability): ReliabilityBin[] => bins.filter(({ count }) => count > 0);

/** A dot for each group that has guesses. */
export const dotsOf = (found: Reliability, withMargins: boolean): XyPoint[] =>
  filled(found).map(({ confidence, accuracy, count }) => {
    const margin = shareMargin(accuracy, count);
    return {
      x: confidence,
      y: accuracy,
      ...(withMargins && { low: Math.max(0, accuracy - margin), high: Math.min(1, accuracy + margin) }),
    };
  });

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
