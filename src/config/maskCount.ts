/** How many tokens are masked. */
import type { Training } from './experiment';

/**
 * Tokens that are selected of so many, ceil(p * tokens). The one place where it is worked out: a product that is rounded
 * in another order could come out smaller for all places of a batch than for the tokens in them.
 */
export const maskCount = (probability: number, tokens: number): number => Math.ceil(probability * tokens);

/** M: entries of the list of masked words, filled up where a batch has fewer tokens than B·L. */
export const maskedSlots = ({
  batchSize,
  sequenceLength,
  maskProbability,
}: Pick<Training, 'batchSize' | 'sequenceLength' | 'maskProbability'>): number =>
  maskCount(maskProbability, batchSize * sequenceLength);
