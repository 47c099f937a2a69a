/** Word vectors of a person's file in a quarter of their size, as they are used and kept alike. */
import { type WordVectors, wordVectors } from './wordVectors';

export interface PackedVectors {
  /** One a line. */
  words: string;
  dimension: number;
  /** int8 [W, d]. */
  vectors: ArrayBuffer;
}

/** Each vector on a scale of its own, so that its largest value is ±127: its length says nothing anyway. */
export function packedVectors({ words, dimension, data }: WordVectors): PackedVectors {
  const bytes = new Int8Array(data.length);
  for (let start = 0; start < data.length; start += dimension) {
    let largest = 0;
    for (let k = start; k < start + dimension; k++) largest = Math.max(largest, Math.abs(data[k]));
    for (let k = start; k < start + dimension; k++) bytes[k] = Math.round((data[k] / (largest || 1)) * 127);
  }
  return { words: words.join('\n'), dimension, vectors: bytes.buffer };
}

/** The vectors again, of length 1; null where words and numbers don't belong together. */
export function unpackedVectors({ words, dimension, vectors }: PackedVectors): WordVectors | null {
  const list = words.split('\n');
  if (vectors.byteLength !== list.length * dimension) return null;
  return wordVectors(list, dimension, new Int8Array(vectors));
}
