import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { permutation, randomStream } from '../../src/data/random';

const uint32 = fc.nat(0xffffffff);
const take = (n: number, draw: () => number) => Array.from({ length: n }, draw);

describe('randomStream', () => {
  test('the same key gives the same numbers, in every engine', () => {
    const first = take(4, randomStream(1, 2, 'masks').next);
    expect(first).toEqual(take(4, randomStream(1, 2, 'masks').next));
    expect(first.map((x) => x * 2 ** 32)).toEqual([320316611, 1442237345, 342064202, 3006924092]);
  });

  test('another seed, step or purpose gives other numbers', () => {
    fc.assert(
      fc.property(uint32, uint32, (seed, step) => {
        const base = take(4, randomStream(seed, step, 'masks').next);
        expect(take(4, randomStream(seed ^ 1, step, 'masks').next)).not.toEqual(base);
        expect(take(4, randomStream(seed, step ^ 1, 'masks').next)).not.toEqual(base);
        expect(take(4, randomStream(seed, step, 'order').next)).not.toEqual(base);
      }),
    );
  });

  test('neighbouring steps are not correlated', () => {
    const n = 20_000;
    const xs = Array.from({ length: n + 1 }, (_, step) => randomStream(7, step, 'masks').next() - 0.5);
    let sum = 0;
    for (let i = 0; i < n; i++) sum += xs[i] * xs[i + 1] * 12;
    // The mean of n products has a standard deviation of 1/sqrt(n).
    expect(Math.abs(sum / n)).toBeLessThan(4 / Math.sqrt(n));
  });

  test('uniform and normal numbers have the right moments', () => {
    const n = 100_000;
    const random = randomStream(3, 0, 'weights');
    const mean = (xs: number[]) => xs.reduce((a, b) => a + b, 0) / n;
    const uniform = take(n, random.next);
    expect(uniform.every((x) => x >= 0 && x < 1)).toBe(true);
    expect(mean(uniform)).toBeCloseTo(0.5, 2);
    const normal = take(n, random.normal);
    expect(mean(normal)).toBeCloseTo(0, 1);
    expect(mean(normal.map((x) => x ** 2))).toBeCloseTo(1, 1);
    expect(mean(normal.map((x) => x ** 4))).toBeCloseTo(3, 0);
  });

  test('integers are in range', () => {
    fc.assert(
      fc.property(uint32, fc.integer({ min: 1, max: 1e6 }), (seed, n) => {
        const x = randomStream(seed, 0, 'order').integer(n);
        expect(Number.isInteger(x) && x >= 0 && x < n).toBe(true);
      }),
    );
  });
});

test('a permutation holds every number once', () => {
  fc.assert(
    fc.property(uint32, fc.nat(300), (seed, n) => {
      const order = permutation(n, randomStream(seed, 0, 'order'));
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
    }),
  );
});
