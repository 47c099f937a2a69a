/** Word vectors, ours or of a file, and the words nearest to one. Plain arrays: no tensors. */

export interface WordVectors {
  words: readonly string[];
  /** Place of each word in `words`. */
  index: ReadonlyMap<string, number>;
  dimension: number;
  /** Vectors of length 1 one after the other, [W, d]; a word whose vector was 0 has zeros. */
  data: Float32Array;
  /** How many words, from the first, may be proposed as nearest to another. */
  proposed: number;
}

export interface Neighbour {
  word: string;
  /** Cosine, -1 to 1. */
  similarity: number;
}

/** @param values [W, d], of any length; they are brought to length 1 */
export function wordVectors(
  words: readonly string[],
  dimension: number,
  values: ArrayLike<number>,
  proposed = words.length,
): WordVectors {
  const data = new Float32Array(words.length * dimension);
  for (let start = 0; start < data.length; start += dimension) {
    // By the largest value first, so that no square overflows.
    let largest = 0;
    for (let k = start; k < start + dimension; k++) largest = Math.max(largest, Math.abs(values[k]));
    if (largest === 0) continue;
    let squares = 0;
    for (let k = start; k < start + dimension; k++) squares += (values[k] / largest) ** 2;
    const length = Math.sqrt(squares);
    for (let k = start; k < start + dimension; k++) data[k] = values[k] / largest / length;
  }
  return { words, index: new Map(words.map((word, i) => [word, i])), dimension, data, proposed };
}

/**
 * The K words nearest to one by cosine, of those that may be proposed; the nearest first, at equal cosines as they stand
 * in `words`. None for a word without a vector.
 * @param withItself whether the word is its own nearest. TinyBERT's program leaves it out here (unlike among the
 * teacher's words, where it stays), and so does this.
 */
export function nearest(
  { words, index, dimension, data, proposed }: WordVectors,
  word: string,
  count: number,
  withItself = false,
): Neighbour[] {
  const own = index.get(word);
  if (own === undefined) return [];
  const from = own * dimension;
  const best: { at: number; similarity: number }[] = [];
  for (let at = 0; at < proposed; at++) {
    if (at === own && !withItself) continue;
    let similarity = 0;
    for (let k = 0; k < dimension; k++) similarity += data[from + k] * data[at * dimension + k];
    if (best.length === count && similarity <= best[count - 1].similarity) continue;
    let place = best.length;
    while (place > 0 && best[place - 1].similarity < similarity) place--;
    best.splice(place, 0, { at, similarity });
    if (best.length > count) best.pop();
  }
  return best.map(({ at, similarity }) => ({ word: words[at], similarity }));
}
