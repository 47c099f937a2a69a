/**
 * The definition of targets in place of the teacher's, on plain arrays. R rows of logits over V words, T the
 * temperature.
 */
import type { FusedKernel } from '../kernel';

export type ControlTargetsAttributes = {
  /** What a row keeps of the teacher's: the probability of the gold word, or the entropy. */
  keep: 'gold' | 'entropy';
};

/** How far below the row's largest logit a word lies that is left out: its probability is 0 at T <= 16, and far above. */
export const leftOutBy = 1e4;
/** Halvings of the interval in which the gold word's logit is looked for, and its end: the probability is 1 there. */
export const halvings = 32;
export const largestRise = 96;

/**
 * Logits whose softened distribution softmax(z/T) has two levels, that of the gold word and that of all others, whose
 * logits are 0. A row without a gold word (-1) is uniform.
 */
export const controlTargetsReference: FusedKernel<ControlTargetsAttributes>['reference'] = (
  { teacher, temperature, gold },
  { teacher: [rows, V] },
  { keep },
  [targets],
) => {
  const T = temperature[0];
  targets.fill(0);
  for (let row = 0; row < rows; row++) {
    const word = gold[row];
    if (word < 0) continue;
    const softened = Array.from({ length: V }, (_, v) => teacher[row * V + v] / T);
    const rise = keep === 'gold' ? riseOfGold(softened, word) : riseOfEntropy(entropyOf(softened), V);
    targets[row * V + word] = T * rise;
  }
};

/** How far the gold word must rise above equal others to have its probability in softmax(x). */
function riseOfGold(x: number[], gold: number): number {
  const others = x.filter((_, v) => v !== gold);
  if (others.length === 0) return 0;
  const max = others.reduce((a, b) => Math.max(a, b));
  const mean = others.reduce((sum, value) => sum + Math.exp(value - max), 0) / others.length;
  return x[gold] - max - Math.log(mean);
}

/** Entropy of softmax(x) in nats. */
function entropyOf(x: number[]): number {
  const max = x.reduce((a, b) => Math.max(a, b));
  let sum = 0;
  let weighted = 0;
  for (const value of x) {
    sum += Math.exp(value - max);
    weighted += Math.exp(value - max) * (value - max);
  }
  return Math.log(sum) - weighted / sum;
}

/**
 * The rise u >= 0 of one of V words above equal others at which their distribution has an entropy. With the others'
 * odds r = (V−1)e^−u that is u r/(1+r) + log(1+r), which falls from log V to 0 as u grows.
 */
function riseOfEntropy(entropy: number, V: number): number {
  let [low, high] = [0, largestRise];
  for (let i = 0; i < halvings; i++) {
    const u = (low + high) / 2;
    const odds = (V - 1) * Math.exp(-u);
    if ((u * odds) / (1 + odds) + Math.log1p(odds) > entropy) low = u;
    else high = u;
  }
  return (low + high) / 2;
}

/**
 * Word j gets the logit of word π(j), π = permutation, but the gold word keeps its own: the word that would have got it,
 * π⁻¹(gold) = goldPreimages, gets that of π(gold). Without a gold word (-1) all are permuted.
 */
export const shuffledTargetsReference: FusedKernel['reference'] = (
  { teacher, permutation, gold, goldPreimages },
  { teacher: [rows, V] },
  _attributes,
  [targets],
) => {
  for (let row = 0; row < rows; row++) {
    const from = row * V;
    for (let word = 0; word < V; word++) targets[from + word] = teacher[from + permutation[word]];
    const word = gold[row];
    if (word < 0) continue;
    targets[from + goldPreimages[row]] = teacher[from + permutation[word]];
    targets[from + word] = teacher[from + word];
  }
};

/**
 * The k = count most probable words keep their logits, of equal ones those of lower index; all others' lie far below.
 * k is rounded, and kept between 1 and V.
 */
export const topTargetsReference: FusedKernel['reference'] = (
  { teacher, count },
  { teacher: [rows, V] },
  _attributes,
  [targets],
) => {
  const k = Math.min(V, Math.max(1, Math.round(count[0])));
  for (let row = 0; row < rows; row++) {
    const from = row * V;
    const order = Array.from({ length: V }, (_, v) => v).sort(
      (a, b) => teacher[from + b] - teacher[from + a] || a - b,
    );
    targets.fill(teacher[from + order[0]] - leftOutBy, from, from + V);
    for (const word of order.slice(0, k)) targets[from + word] = teacher[from + word];
  }
};
