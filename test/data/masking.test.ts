import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskBatch, selectionWeights, tokenCounts } from '../../src/data/masking';
import { randomStream } from '../../src/data/random';
import { corpus, tokenizer } from './samples';

const { special, vocabulary } = tokenizer;
const specials: number[] = Object.values(special);
const uniform = corpus.weights.uniform;
const uint32 = fc.nat(0xffffffff);

function draw(ids: Int32Array, seed: number, changes: Partial<Parameters<typeof maskBatch>[2]> = {}) {
  const options = {
    probability: 0.15,
    weights: uniform,
    tokenizer,
    replacement: 'mixed' as const,
    ...changes,
  };
  return maskBatch(
    ids,
    ids.filter((id) => id !== special.pad).length,
    options,
    randomStream(seed, 0, 'masks'),
  );
}
const paddedRows = Int32Array.from(
  corpus.train.slice(0, 16).flatMap((row) => [...row, special.pad, special.pad]),
);

test('tokens are counted', () => {
  expect([...tokenCounts([Int32Array.of(2, 5, 5, 3), Int32Array.of(5)], 7)]).toEqual([0, 0, 1, 1, 0, 3, 0]);
});

describe('selection weights', () => {
  test('golden 10: counts in the ratio 100 give weights in the ratio 25.119', () => {
    const counts = new Uint32Array(vocabulary.length).fill(1);
    counts[10] = 7;
    counts[11] = 700;
    counts[12] = 0;
    const weights = selectionWeights(counts, special, 'rare');
    expect(weights[10] / weights[11]).toBeCloseTo(25.119, 3);
    expect(weights[12]).toBe(1);
  });

  test('special tokens have none, and all others the same where uniform', () => {
    for (const selection of ['uniform', 'rare'] as const) {
      const weights = selectionWeights(corpus.counts, special, selection);
      expect([...weights].flatMap((weight, id) => (weight > 0 ? [] : [id]))).toEqual(specials);
    }
    expect(new Set(uniform)).toEqual(new Set([0, 1]));
  });
});

describe('maskBatch', () => {
  const rows = fc.array(fc.constantFrom(...corpus.train), { minLength: 1, maxLength: 8 });

  test('golden 11: n = ceil(p sum(len)), never special, each once', () => {
    fc.assert(
      fc.property(
        rows,
        uint32,
        fc.double({ min: 0.01, max: 0.5, noNaN: true }),
        (list, seed, probability) => {
          const ids = Int32Array.from(list.flatMap((row) => [...row, special.pad]));
          const tokens = list.reduce((sum, row) => sum + row.length, 0);
          const { positions, inputIds } = draw(ids, seed, { probability });
          // A row of one word has fewer words than half of its tokens.
          const words = ids.filter((id) => !specials.includes(id)).length;
          expect(positions).toHaveLength(Math.min(Math.ceil(probability * tokens), words));
          expect(new Set(positions).size).toBe(positions.length);
          for (const position of positions) expect(specials).not.toContain(ids[position]);
          const selected = new Set(positions);
          ids.forEach((id, i) => {
            if (!selected.has(i)) expect(inputIds[i]).toBe(id);
          });
        },
      ),
    );
  });

  test('80 % [MASK], 10 % kept, 10 % random, within four standard deviations', () => {
    let [all, masked, kept] = [0, 0, 0];
    for (let seed = 0; seed < 400; seed++) {
      const { positions, inputIds } = draw(paddedRows, seed);
      for (const position of positions) {
        all++;
        if (inputIds[position] === special.mask) masked++;
        else if (inputIds[position] === paddedRows[position]) kept++;
        else expect(specials).not.toContain(inputIds[position]);
      }
    }
    const bound = (share: number) => 4 * Math.sqrt((share * (1 - share)) / all);
    expect(Math.abs(masked / all - 0.8)).toBeLessThan(bound(0.8));
    // A random token is now and then the same one.
    expect(Math.abs(kept / all - 0.1)).toBeLessThan(bound(0.1) + 0.001);
  });

  test('for evaluation all selected tokens are [MASK]', () => {
    const { positions, inputIds } = draw(paddedRows, 1, { replacement: 'mask' });
    expect(positions.every((position) => inputIds[position] === special.mask)).toBe(true);
  });

  test('a first draw follows the weights', () => {
    const weights = new Float64Array(vocabulary.length);
    weights[10] = 3;
    weights[11] = 1;
    const ids = Int32Array.of(10, 11);
    const draws = 4000;
    let first = 0;
    for (let seed = 0; seed < draws; seed++)
      first += draw(ids, seed, { weights, probability: 0.5 }).positions[0] === 0 ? 1 : 0;
    expect(Math.abs(first / draws - 0.75)).toBeLessThan(4 * Math.sqrt((0.75 * 0.25) / draws));
  });

  test('where too few tokens can be selected it takes what there is', () => {
    expect(draw(Int32Array.of(special.cls, 9, special.sep), 1, { probability: 0.9 }).positions).toEqual([1]);
  });
});
