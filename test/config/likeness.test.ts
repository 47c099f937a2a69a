import { describe, expect, it } from 'vitest';
import { type LayerLikeness, likenessAt, mostAlike, sameLevels } from '../../src/config/likeness';

const likenessOf = (cka: (number | null)[][], mapping: number[] = []): LayerLikeness => ({
  mapping,
  cka,
  cosine: cka.map(() => null),
  through: cka.map(() => null),
});

describe('the mapping of what is most alike', () => {
  it('has each layer at its likest where that runs forwards', () => {
    const map = likenessOf([
      [1, 0, 0, 0],
      [0, 0.2, 0.9, 0.3],
      [0, 0.1, 0.4, 0.8],
    ]);
    expect(mostAlike(map, 'cka')).toEqual([2, 3]);
  });

  it('never runs backwards, and takes the pairs together', () => {
    const map = likenessOf([
      [1, 0, 0, 0],
      [0, 0.5, 0.1, 0.6],
      [0, 0.1, 0.9, 0.2],
    ]);
    expect(mostAlike(map, 'cka')).toEqual([1, 2]);
  });

  it('never takes the embeddings, and of equals the lower', () => {
    const map = likenessOf([
      [1, 0, 0],
      [0.9, 0.3, 0.3],
      [0.9, 0.3, 0.3],
    ]);
    expect(mostAlike(map, 'cka')).toEqual([1, 1]);
  });

  it('is the best of all by trying every one', () => {
    let seed = 3;
    const random = () => {
      seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
      return seed / 0x7fffffff;
    };
    for (let round = 0; round < 20; round++) {
      const cka = Array.from({ length: 4 }, () => Array.from({ length: 5 }, random));
      const sumOf = (mapping: number[]) => mapping.reduce((sum, n, m) => sum + cka[m + 1][n], 0);
      let best = Number.NEGATIVE_INFINITY;
      for (let a = 1; a <= 4; a++)
        for (let b = a; b <= 4; b++) for (let c = b; c <= 4; c++) best = Math.max(best, sumOf([a, b, c]));
      expect(sumOf(mostAlike(likenessOf(cka), 'cka')!)).toBeCloseTo(best, 12);
    }
  });

  it('is nothing where there are no figures', () => {
    const map = likenessOf([
      [1, 0],
      [0, null],
    ]);
    expect(mostAlike(map, 'cka')).toBeNull();
    expect(mostAlike(map, 'cosine')).toBeNull();
    expect(likenessAt(map, 'cosine', 1, 1)).toBeNull();
  });
});

it('is compared with a map of the same levels alone', () => {
  const [two, three] = [
    likenessOf([
      [1, 0],
      [0, 1],
    ]),
    likenessOf([
      [1, 0, 0],
      [0, 1, 0],
    ]),
  ];
  expect([sameLevels(two, two), sameLevels(two, three)]).toEqual([true, false]);
});
