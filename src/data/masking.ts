/**
 * Dynamic masking (DistilBERT's distiller.py; BERT, Devlin et al. 2019): which tokens are predicted, and what the
 * model sees in their place. Dimension letters: B sequences, L tokens, V vocabulary.
 */

import type { Training } from '../config/experiment';
import { maskCount } from '../config/maskCount';
import type { Random } from './random';
import type { TokenizerFacts } from './tokenizer';
import type { SpecialIds } from './tokenizerJson';

/** Occurrences of each token in the sequences, [V]. */
export function tokenCounts(sequences: readonly Int32Array[], vocabularySize: number): Uint32Array {
  const counts = new Uint32Array(vocabularySize);
  for (const sequence of sequences) for (const id of sequence) counts[id]++;
  return counts;
}

/**
 * Weight of each token in the draw, [V]: all alike, or max(count, 1)^-0.7 so that rare words are asked for more
 * often (DistilBERT's `mlm_smoothing`). Special tokens have weight 0.
 */
export function selectionWeights(
  counts: Uint32Array,
  special: SpecialIds,
  selection: Training['maskSelection'],
): Float64Array {
  const weights = Float64Array.from(counts, (count) =>
    selection === 'rare' ? Math.max(count, 1) ** -0.7 : 1,
  );
  for (const id of Object.values(special)) weights[id] = 0;
  return weights;
}

export interface MaskOptions {
  /** Share p of the tokens to select. */
  probability: number;
  /** From `selectionWeights`, [V]. */
  weights: Float64Array;
  tokenizer: TokenizerFacts;
  /** `mixed`: 80 % [MASK], 10 % kept, 10 % a random token, for training. `mask`: all [MASK], for evaluation. */
  replacement: 'mixed' | 'mask';
  /** A token that is never put in another's place: the word that is kept from those who learn. */
  never?: number;
}

export interface MaskedTokens {
  /** What the model sees, [B L]. */
  inputIds: Int32Array;
  /** Flat indices of the selected tokens, rising. */
  positions: number[];
}

/**
 * Selects n = ceil(p * tokens) tokens of a batch without replacement, with probability proportional to their
 * weights, and replaces them. Fewer where fewer have a weight.
 * @param ids flat [B L], padded; not changed
 * @param tokenCount tokens that are not padding, [CLS] and [SEP] included
 */
export function maskBatch(
  ids: Int32Array,
  tokenCount: number,
  options: MaskOptions,
  random: Random,
): MaskedTokens {
  const n = maskCount(options.probability, tokenCount);
  const positions = drawWithoutReplacement(ids, options.weights, n, random);
  const inputIds = ids.slice();
  for (const position of positions) {
    inputIds[position] = replacementOf(ids[position], options, random);
  }
  return { inputIds, positions };
}

/**
 * Weighted sampling without replacement by exponential keys: the n smallest of -ln(u) / weight
 * (Efraimidis and Spirakis 2006).
 */
function drawWithoutReplacement(ids: Int32Array, weights: Float64Array, n: number, random: Random): number[] {
  const keys = new Float64Array(ids.length).fill(Number.POSITIVE_INFINITY);
  let candidates = 0;
  for (let position = 0; position < ids.length; position++) {
    const weight = weights[ids[position]];
    if (!(weight > 0)) continue;
    keys[position] = -Math.log(1 - random.next()) / weight;
    candidates += 1;
  }
  const count = Math.min(n, candidates);
  const sorted = keys.slice().sort();
  const limit = sorted[count - 1];
  // Of equal keys at the limit the first ones are taken.
  let atLimit = count - sorted.indexOf(limit);
  const positions: number[] = [];
  for (let position = 0; position < ids.length && positions.length < count; position++) {
    if (keys[position] < limit || (keys[position] === limit && atLimit-- > 0)) positions.push(position);
  }
  return positions;
}

function replacementOf(
  id: number,
  { replacement, tokenizer: { special, vocabulary }, never }: MaskOptions,
  random: Random,
): number {
  const chance = replacement === 'mask' ? 0 : random.next();
  if (chance < 0.8) return special.mask;
  if (chance < 0.9) return id;
  return randomWord(vocabulary.length, [...Object.values(special), never], random);
}

/** A token that is none of these, all others with the same probability. */
function randomWord(vocabularySize: number, others: readonly (number | undefined)[], random: Random): number {
  for (;;) {
    const id = random.integer(vocabularySize);
    if (!others.includes(id)) return id;
  }
}
