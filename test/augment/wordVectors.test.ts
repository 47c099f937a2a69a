import { describe, expect, it } from 'vitest';
import { parseBundledVectors, quantised } from '../../src/augment/bundledVectors';
import { nearest, wordVectors } from '../../src/augment/wordVectors';
import { normals } from '../support/numbers';

const words = Array.from({ length: 60 }, (_, i) => `w${i}`);
const values = normals(60 * 5, 'vectors', 3);
const vectors = wordVectors(words, 5, values);

const cosine = (i: number, j: number) => {
  const dot = (a: number, b: number) =>
    Array.from({ length: 5 }, (_, k) => values[a * 5 + k] * values[b * 5 + k]).reduce(
      (sum, one) => sum + one,
    );
  return dot(i, j) / Math.sqrt(dot(i, i) * dot(j, j));
};

describe('the nearest words', () => {
  it.each([0, 17, 59])('of word %i are those of the largest cosine, itself left out', (own) => {
    const expected = words
      .map((word, i) => ({ word, similarity: cosine(own, i) }))
      .filter((_, i) => i !== own)
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, 15);
    const found = nearest(vectors, words[own], 15);
    expect(found.map(({ word }) => word)).toEqual(expected.map(({ word }) => word));
    found.forEach(({ similarity }, i) => {
      expect(similarity).toBeCloseTo(expected[i].similarity, 5);
    });
  });

  it('begin with the word itself where that is asked for', () => {
    const [first, ...rest] = nearest(vectors, 'w3', 4, true);
    expect(first.word).toBe('w3');
    expect(first.similarity).toBeCloseTo(1, 5);
    expect(rest).toEqual(nearest(vectors, 'w3', 3));
  });

  it('are none of a word without a vector, and all where fewer are there', () => {
    expect(nearest(vectors, 'unicorn', 15)).toEqual([]);
    expect(nearest(vectors, 'w0', 1000)).toHaveLength(59);
  });

  it('are of those that may be proposed, for any word that has a vector', () => {
    const some = wordVectors(words, 5, values, 20);
    const expected = nearest(vectors, 'w40', 59).filter(({ word }) => Number(word.slice(1)) < 20);
    expect(nearest(some, 'w40', 10)).toEqual(expected.slice(0, 10));
  });

  it('stand in the order of the words at equal cosines', () => {
    const equal = wordVectors(['a', 'b', 'c', 'd'], 2, [1, 0, 0, 1, 0, 2, 0, -1]);
    expect(nearest(equal, 'a', 3).map(({ word }) => word)).toEqual(['b', 'c', 'd']);
    expect(nearest(equal, 'a', 2).map(({ word }) => word)).toEqual(['b', 'c']);
  });
});

describe('bundled vectors', () => {
  it('come back from int8 of one scale with the directions that they had', () => {
    const bytes = quantised(vectors);
    expect(Math.max(...bytes.map(Math.abs))).toBe(127);
    const read = parseBundledVectors(`${words.join('\n')}\n`, bytes.buffer as ArrayBuffer);
    expect([read.words, read.dimension, read.proposed]).toEqual([words, 5, 30]);
    for (let i = 0; i < words.length; i++) {
      let same = 0;
      for (let k = 0; k < 5; k++) same += read.data[i * 5 + k] * vectors.data[i * 5 + k];
      expect(same).toBeGreaterThan(0.9998);
    }
  });

  it('are refused where bytes and words do not belong together', () => {
    expect(() => parseBundledVectors('a\nb\n', new ArrayBuffer(7))).toThrow('7 bytes');
    expect(() => parseBundledVectors('a\nb\n', new ArrayBuffer(0))).toThrow('0 bytes');
  });
});
