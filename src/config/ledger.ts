/**
 * What each term of an objective gives to the gradient of an update, part by part of a student. All figures follow from the
 * dot products of the terms' gradients: a term's gradient is that of weight · term.
 */
import type { TermId } from '../methods/registry';

/** A part of a student: `layer.1` is its first layer, `beside` what methods train beside it, as projections. */
export type LedgerPart = 'embeddings' | `layer.${number}` | 'head' | 'beside';

/** One student. */
export interface ArmLedger {
  /** K terms that have a weight. */
  terms: readonly TermId[];
  /** Those parts that are trained, from the input on. */
  parts: readonly LedgerPart[];
  /** Per part the products g_i · g_j with i ≤ j, row by row: [K (K + 1) / 2]. */
  dots: readonly (readonly number[])[];
}

/** What one look at the gradients found. */
export interface LedgerPoint {
  /** Updates done before, counted through all stages: the gradient is that of the update that follows. */
  step: number;
  stage?: number;
  /** Milliseconds that it took. */
  took: number;
  arms: Record<string, ArmLedger>;
}

/** How often it is looked, and at what cost. */
export interface LedgerSetting {
  /** After every so many updates, or less often where that would take more of the time than `share`. */
  every: number;
  /** Of a run's time at most, 0 to 1. */
  share: number;
}

export const ledgerEvery = [1, 10, 25, 100] as const;
export const ledgerShares = [0.02, 0.05, 0.1, 0.25] as const;
export const usualLedger: LedgerSetting = { every: 25, share: 0.1 };

/** Below this, up or down, two gradients count as at right angles. */
export const rightAngle = 0.1;

/** Where the product of i with j stands among K terms. */
function placeOf(i: number, j: number, terms: number): number {
  const [low, high] = i < j ? [i, j] : [j, i];
  return low * terms - (low * (low - 1)) / 2 + high - low;
}

/** The figures of one part of a student, or of several taken together. K terms. */
export class Pull {
  private readonly count: number;

  constructor(
    readonly terms: readonly TermId[],
    private readonly dots: readonly number[],
  ) {
    this.count = terms.length;
  }

  private dot(i: number, j: number): number {
    return this.dots[placeOf(i, j, this.count)];
  }

  /** g_i · g, with g the sum of all. */
  private dotWithSum(i: number): number {
    return this.terms.reduce((sum, _, j) => sum + this.dot(i, j), 0);
  }

  /** |g_i| */
  norm(i: number): number {
    return Math.sqrt(Math.max(0, this.dot(i, i)));
  }

  /** |g|, the length of the sum. */
  get normOfSum(): number {
    const square = this.terms.reduce((sum, _, i) => sum + this.dotWithSum(i), 0);
    return Math.sqrt(Math.max(0, square));
  }

  /** Σ |g_i| */
  get lengths(): number {
    return this.terms.reduce((sum, _, i) => sum + this.norm(i), 0);
  }

  /** |g_i| / Σ |g_j|; null where no term pulls. */
  share(i: number): number | null {
    return this.lengths > 0 ? this.norm(i) / this.lengths : null;
  }

  /** |g| / Σ |g_i|: 1 where all pull the same way; null where none pulls. */
  get kept(): number | null {
    return this.lengths > 0 ? Math.min(1, this.normOfSum / this.lengths) : null;
  }

  /** Null where one of the two does not pull at all. */
  cosine(i: number, j: number): number | null {
    return quotient(this.dot(i, j), this.norm(i) * this.norm(j));
  }

  cosineWithSum(i: number): number | null {
    return quotient(this.dotWithSum(i), this.norm(i) * this.normOfSum);
  }
}

/** Rounding may lead past ±1. */
const quotient = (dot: number, lengths: number) =>
  lengths > 0 ? Math.max(-1, Math.min(1, dot / lengths)) : null;

/** A student's figures in one part, or in all of it; null where it has no such part. */
export function pullIn({ terms, parts, dots }: ArmLedger, part: LedgerPart | 'all'): Pull | null {
  if (part === 'all') return new Pull(terms, dots[0]?.map((_, at) => sum(dots.map((own) => own[at]))) ?? []);
  const at = parts.indexOf(part);
  return at < 0 ? null : new Pull(terms, dots[at]);
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** How two gradients go together. */
export type Together = 'together' | 'across' | 'against';

export const togetherOf = (cosine: number): Together =>
  cosine > rightAngle ? 'together' : cosine < -rightAngle ? 'against' : 'across';
