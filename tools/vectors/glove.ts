/**
 * GloVe (Pennington, Socher and Manning 2014, "GloVe: Global Vectors for Word Representation"): vectors whose products
 * give the logarithms of how often words stand near each other.
 */
import { permutation, randomStream } from '../../src/data/random';

export interface GloveSettings {
  dimension: number;
  /** Words to either side that count as near. */
  window: number;
  /** Words that occur less often have no vector. */
  leastCount: number;
  /** Co-occurrences from which on a pair has its full weight. */
  mostWeight: number;
  /** Exponent of the weight below that. */
  exponent: number;
  epochs: number;
  learningRate: number;
  /** Principal directions that are taken out at the end, after the mean: see `centred`. */
  directions: number;
  seed: number;
}

export interface Cooccurrences {
  /** The most frequent first; at equal counts in the order of letters. */
  words: string[];
  counts: number[];
  /** Pairs of word indices with their sums of 1 / distance, both orders. */
  rows: Int32Array;
  columns: Int32Array;
  values: Float64Array;
}

/** X of section 4.2: a pair of words d apart counts 1 / d, to both sides alike. */
export function cooccurrences(
  runs: readonly (readonly string[])[],
  { window, leastCount }: Pick<GloveSettings, 'window' | 'leastCount'>,
): Cooccurrences {
  const tally = new Map<string, number>();
  for (const word of runs.flat()) tally.set(word, (tally.get(word) ?? 0) + 1);
  const kept = [...tally]
    .filter(([, count]) => count >= leastCount)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const words = kept.map(([word]) => word);
  const index = new Map(words.map((word, i) => [word, i]));

  const sums = new Map<number, number>();
  const add = (row: number, column: number, value: number) => {
    const key = row * words.length + column;
    sums.set(key, (sums.get(key) ?? 0) + value);
  };
  for (const run of runs) {
    // A word without a vector keeps its place, so that its neighbours come no nearer.
    const ids = run.map((word) => index.get(word) ?? -1);
    for (let i = 0; i < ids.length; i++) {
      for (let distance = 1; distance <= window && i + distance < ids.length; distance++) {
        const [left, right] = [ids[i], ids[i + distance]];
        if (left < 0 || right < 0) continue;
        add(left, right, 1 / distance);
        add(right, left, 1 / distance);
      }
    }
  }
  const keys = [...sums.keys()].sort((a, b) => a - b);
  return {
    words,
    counts: kept.map(([, count]) => count),
    rows: Int32Array.from(keys, (key) => Math.floor(key / words.length)),
    columns: Int32Array.from(keys, (key) => key % words.length),
    values: Float64Array.from(keys, (key) => sums.get(key)!),
  };
}

/** Equation 9: min(1, (x / x_max)^α). */
export const weightOf = (
  x: number,
  { mostWeight, exponent }: Pick<GloveSettings, 'mostWeight' | 'exponent'>,
) => (x < mostWeight ? (x / mostWeight) ** exponent : 1);

export interface GloveModel {
  /** w + w̃ of every word, [W, d]. */
  vectors: Float64Array;
  /** J / number of pairs after each epoch. */
  losses: number[];
}

/**
 * Minimises J = Σ f(X_ij) (w_i·w̃_j + b_i + b̃_j - log X_ij)² (equation 8) by AdaGrad, one pair at a time in an order
 * drawn anew each epoch. As in the authors' program, starting values are uniform in ±0.5 / d, squared gradients are
 * summed from 1, and the loss is halved.
 * @param onEpoch told after each epoch
 */
export function trainGlove(
  { words, rows, columns, values }: Cooccurrences,
  settings: GloveSettings,
  onEpoch: (epoch: number, loss: number) => void = () => {},
): GloveModel {
  const { dimension, epochs, learningRate, seed } = settings;
  // Of each word its vector and, last, its bias; words first, then contexts.
  const width = dimension + 1;
  const size = 2 * words.length * width;
  const random = randomStream(seed, 0, 'vectors');
  const parameters = Float64Array.from({ length: size }, () => (random.next() - 0.5) / dimension);
  const squares = new Float64Array(size).fill(1);
  const logs = values.map(Math.log);
  const weights = values.map((x) => weightOf(x, settings));

  const losses: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    let sum = 0;
    for (const pair of permutation(values.length, randomStream(seed, epoch, 'pairs'))) {
      const word = rows[pair] * width;
      const context = (words.length + columns[pair]) * width;
      let error = parameters[word + dimension] + parameters[context + dimension] - logs[pair];
      for (let k = 0; k < dimension; k++) error += parameters[word + k] * parameters[context + k];
      const slope = weights[pair] * error;
      sum += 0.5 * slope * error;
      for (let k = 0; k <= dimension; k++) {
        const i = word + k;
        const j = context + k;
        const last = k === dimension;
        const forWord = slope * (last ? 1 : parameters[j]);
        const forContext = slope * (last ? 1 : parameters[i]);
        parameters[i] -= (learningRate * forWord) / Math.sqrt(squares[i]);
        parameters[j] -= (learningRate * forContext) / Math.sqrt(squares[j]);
        squares[i] += forWord * forWord;
        squares[j] += forContext * forContext;
      }
    }
    losses.push(sum / values.length);
    onEpoch(epoch + 1, losses[epoch]);
  }
  const vectors = new Float64Array(words.length * dimension);
  for (let i = 0; i < words.length; i++) {
    for (let k = 0; k < dimension; k++) {
      vectors[i * dimension + k] = parameters[i * width + k] + parameters[(words.length + i) * width + k];
    }
  }
  return { vectors, losses };
}
