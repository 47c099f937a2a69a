import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  entropy,
  klDivergence,
  logSoftmax,
  norm,
  softLossGradient,
  softmax,
  topIndices,
} from '../../src/ui/softmax';

const movie = [0.8, 0.1, 0.05, 0.05].map(Math.log);
const logits = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 5, maxLength: 5 });
const temperatures = fc.double({ min: 0.25, max: 16, noNaN: true });
const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
/** L_ce at one token, from its definition. */
const softLoss = (student: number[], teacher: number[], t: number) =>
  t * t * klDivergence(logSoftmax(teacher, t), logSoftmax(student, t));

describe('softmax at T', () => {
  it('softens the classroom example: .8/.1/.05/.05 becomes .540/.191/.135/.135 at T = 2', () => {
    expect(Array.from(softmax(movie, 1), (p) => p.toFixed(3))).toEqual(['0.800', '0.100', '0.050', '0.050']);
    expect(Array.from(softmax(movie, 2), (p) => p.toFixed(3))).toEqual(['0.540', '0.191', '0.135', '0.135']);
  });

  it('sums to 1 and neither overflows nor gives NaN on large logits', () => {
    expect(Array.from(softmax([1000, 0, -1000], 0.25))).toEqual([1, 0, 0]);
    fc.assert(fc.property(logits, temperatures, (z, t) => Math.abs(total(softmax(z, t)) - 1) < 1e-12));
  });

  it('does not see a constant added to all logits', () => {
    fc.assert(
      fc.property(logits, temperatures, (z, t) => {
        const shifted = softmax(
          z.map((value) => value + 7),
          t,
        );
        return softmax(z, t).every((p, i) => Math.abs(p - shifted[i]) < 1e-12);
      }),
    );
  });
});

describe('entropy and KL', () => {
  it('is ln V for uniform logits at any T, and 0 for a certain answer', () => {
    expect(entropy(logSoftmax([3, 3, 3, 3], 0.5))).toBeCloseTo(Math.log(4), 12);
    expect(entropy(logSoftmax([1e6, 0, 0], 1))).toBe(0);
  });

  it('grows with T', () => {
    expect(entropy(logSoftmax(movie, 1))).toBeCloseTo(0.70835, 4);
    expect(entropy(logSoftmax(movie, 2))).toBeGreaterThan(entropy(logSoftmax(movie, 1)));
  });

  it('KL is 0 for equal distributions, positive otherwise, and right by hand', () => {
    const [p, q] = [
      [0.5, 0.5],
      [0.25, 0.75],
    ].map((values) => values.map(Math.log));
    expect(klDivergence(p, q)).toBeCloseTo(0.5 * Math.log(2) + 0.5 * Math.log(2 / 3), 12);
    expect(klDivergence(p, p)).toBe(0);
    fc.assert(fc.property(logits, logits, (a, b) => klDivergence(logSoftmax(a, 1), logSoftmax(b, 1)) >= 0));
  });
});

describe('gradient of the soft loss', () => {
  const student = [0.3, -0.2, 1.1, 0];

  it('agrees with finite differences of T² KL', () => {
    for (const t of [0.5, 1, 2, 8]) {
      const gradient = softLossGradient(student, movie, t, true);
      student.forEach((_, i) => {
        const nudged = (by: number) => student.map((z, j) => (j === i ? z + by : z));
        const difference = softLoss(nudged(1e-5), movie, t) - softLoss(nudged(-1e-5), movie, t);
        expect(gradient[i]).toBeCloseTo(difference / 2e-5, 6);
      });
    }
  });

  it('is T² times smaller without T², and then fades as 1/T²', () => {
    for (const t of [0.5, 2, 16]) {
      const ratio =
        norm(softLossGradient(student, movie, t, true)) / norm(softLossGradient(student, movie, t, false));
      expect(ratio).toBeCloseTo(t * t, 9);
    }
    const at = (t: number) => norm(softLossGradient(student, movie, t, false));
    expect(at(100) / at(200)).toBeCloseTo(4, 1);
  });

  it('sums to 0 and is 0 where the student agrees with the teacher', () => {
    expect(total(softLossGradient(student, movie, 3, true))).toBeCloseTo(0, 12);
    expect(norm(softLossGradient(movie, movie, 3, true))).toBe(0);
  });
});

describe('topIndices', () => {
  it('agrees with sorting, ties to the smaller index', () => {
    expect(topIndices([1, 5, 5, 2], 3)).toEqual([1, 2, 3]);
    expect(topIndices([1, 2], 5)).toEqual([1, 0]);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 })),
        fc.integer({ min: 1, max: 8 }),
        (values, count) => {
          const sorted = values.map((_, i) => i).sort((a, b) => values[b] - values[a] || a - b);
          expect(topIndices(values, count)).toEqual(sorted.slice(0, count));
        },
      ),
    );
  });
});
