/** The word vectors in `public/vectors/`, which `npm run vectors` makes. */
import { type WordVectors, wordVectors } from './wordVectors';

export const bundledVectorFiles = { words: 'words.txt', vectors: 'vectors.bin' } as const;

/** Vectors as bytes and back: of one scale, so that the largest value of all is ±127. */
export function quantised(vectors: WordVectors): Int8Array {
  const largest = vectors.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Int8Array.from(vectors.data, (value) => Math.round((value / largest) * 127));
}

/**
 * Share of the words, the more frequent ones, that may be proposed in place of another: the others occur less than ten
 * times, and the vectors of such words come near to anything. (The authors take the first 100,000 rows of GloVe's file,
 * which begins with the most frequent words.)
 */
const proposedShare = 0.5;

/**
 * @param words one a line, the most frequent first
 * @param bytes int8 [W, d] of one scale. What the scale is does not matter, since vectors are brought to length 1 again;
 * d follows from the number of words.
 * @throws Error where the two don't belong together
 */
export function parseBundledVectors(words: string, bytes: ArrayBuffer): WordVectors {
  const list = words.split('\n').filter((word) => word !== '');
  const dimension = bytes.byteLength / list.length;
  if (!Number.isInteger(dimension) || dimension === 0) {
    throw new Error(`${bytes.byteLength} bytes are no vectors of ${list.length} words`);
  }
  return wordVectors(list, dimension, new Int8Array(bytes), Math.ceil(proposedShare * list.length));
}
