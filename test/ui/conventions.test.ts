/** Conventions of other programs: against their formulas written out, finite differences, and what ties them together. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finish } from '../../src/data/work';
import { formulaSymbols } from '../../src/i18n/formulaSymbols';
import { findSymbols, type MeantPart, typeset } from '../../src/ui/mathml';
import {
  type ConventionId,
  conventionIds,
  conventions,
  kerasFloor,
} from '../../src/ui/panels/conventions/conventions';
import { groupsOf, readAll, readAt } from '../../src/ui/panels/conventions/lens';

const row = fc.array(fc.double({ min: -6, max: 6, noNaN: true }), { minLength: 6, maxLength: 6 });
const temperatures = fc.double({ min: 0.5, max: 16, noNaN: true });
const teacher = [1.2, -0.7, 0.1, 2, -3];
const student = [0.3, -0.2, 1.1, 0, 0.5];

const softened = (z: readonly number[], T: number) => {
  const powers = z.map((value) => Math.exp(value / T));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
};
const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const entropyOf = (z: readonly number[], T: number) => -sumOf(softened(z, T).map((p) => p * Math.log(p)));
const value = (id: ConventionId, t: readonly number[], s: readonly number[], T: number) =>
  conventions[id].value(t, s, T);
const gradient = (id: ConventionId, t: readonly number[], s: readonly number[], T: number) =>
  Array.from(conventions[id].gradient(t, s, T));

/** As each program says it, in plain arithmetic. */
const written: Record<ConventionId, (p: number[], q: number[], T: number) => number> = {
  distilbert: (p, q, T) => T * T * sumOf(p.map((x, i) => x * (Math.log(x) - Math.log(q[i])))),
  torchdistill: (p, q, T) => T * T * sumOf(p.map((x, i) => x * Math.log(x / q[i]))),
  keras: (p, q, T) => T ** 2 * sumOf(p.map((x, i) => x * Math.log(x / q[i]))),
  textbrewer: (p, q) => -sumOf(p.map((x, i) => x * Math.log(q[i]))),
  torchdistillAlone: (p, q) => sumOf(p.map((x, i) => x * Math.log(x / q[i]))),
  kerasBefore: (p, q) => sumOf(p.map((x, i) => x * Math.log(x / q[i]))),
  tinybert: (p, q) => -sumOf(p.map((x, i) => x * Math.log(q[i]))) / p.length,
  textbrewerSquared: () => Number.NaN,
};

describe.each(conventionIds)('%s', (id) => {
  it('has the value that its program computes', () => {
    for (const T of [0.5, 1, 2, 7.5]) {
      const expected =
        id === 'textbrewerSquared'
          ? sumOf(teacher.map((z, i) => (student[i] / T - z / T) ** 2)) / 5
          : written[id](softened(teacher, T), softened(student, T), T);
      expect(value(id, teacher, student, T)).toBeCloseTo(expected, 12);
    }
  });

  it('has the gradient that finite differences give', () => {
    fc.assert(
      fc.property(row, row, temperatures, (t, s, T) => {
        // At the floor itself Keras's value has a corner.
        fc.pre(softened(s, T).every((q) => Math.abs(Math.log(q / kerasFloor)) > 0.01));
        const own = gradient(id, t, s, T);
        s.forEach((_, i) => {
          const nudged = (by: number) => s.map((z, j) => (j === i ? z + by : z));
          const difference = (value(id, t, nudged(1e-5), T) - value(id, t, nudged(-1e-5), T)) / 2e-5;
          expect(Math.abs(own[i] - difference)).toBeLessThan(1e-6 * Math.max(1, Math.abs(difference)));
        });
      }),
      { numRuns: 60 },
    );
  });

  it('asks nothing of a student that agrees', () => {
    expect(Math.hypot(...gradient(id, teacher, teacher, 3))).toBeLessThan(1e-15);
  });

  it('says in its record what its value does', () => {
    const { timesSquaredT, over, compares } = conventions[id];
    const many = (z: readonly number[]) => Array.from({ length: 3 }, () => z).flat();
    const norm = (t: readonly number[], s: readonly number[], T: number) =>
      Math.hypot(...gradient(id, t, s, T));
    // The gradient fades as 1/T² where nothing is multiplied by T², and comes to rest where it is.
    expect(norm(teacher, student, 2000) / norm(teacher, student, 4000)).toBeCloseTo(timesSquaredT ? 1 : 4, 2);
    // The same words three times over: the KL stays what it was, and a mean over words is a third.
    if (compares === 'kl') {
      expect(value(id, many(teacher), many(student), 2)).toBeCloseTo(value(id, teacher, student, 2), 10);
    }
    if (compares === 'crossEntropy') {
      const whole = value(id, teacher, student, 2) * (over === 'mean' ? 5 : 1);
      const three = value(id, many(teacher), many(student), 2) * (over === 'mean' ? 15 : 1);
      expect(three).toBeCloseTo(whole + Math.log(3), 10);
    }
    if (compares === 'squares') {
      expect(value(id, many(teacher), many(student), 2)).toBeCloseTo(value(id, teacher, student, 2), 10);
      expect(over).toBe('mean');
    }
  });

  it('has a formula whose every symbol is explained', () => {
    const meanings = Object.fromEntries(
      ['V', ...Object.values(formulaSymbols)].map((symbol) => [symbol, 'meant']),
    );
    const unexplained = (part: MeantPart): string[] => {
      if (typeof part === 'string' || 'meaning' in part) return [];
      if (part.name === 'mi') return [part.children.join('')].filter((name) => /\p{L}/u.test(name));
      return part.children.flatMap(unexplained);
    };
    expect(findSymbols(typeset(conventions[id].tex, true), meanings).parts.flatMap(unexplained)).toEqual([]);
    expect(conventions[id].tex.includes('T^2')).toBe(conventions[id].timesSquaredT);
  });
});

describe('what ties them together', () => {
  it('cross-entropy is KL and the teacher’s entropy, with the same gradient', () => {
    fc.assert(
      fc.property(row, row, temperatures, (t, s, T) => {
        const difference = value('textbrewer', t, s, T) - value('torchdistillAlone', t, s, T);
        expect(difference).toBeCloseTo(entropyOf(t, T), 9);
        const [one, other] = [gradient('textbrewer', t, s, T), gradient('torchdistillAlone', t, s, T)];
        one.forEach((x, i) => {
          expect(x).toBeCloseTo(other[i], 12);
        });
      }),
    );
  });

  it('a mean over words is their sum divided by V', () => {
    expect(value('tinybert', teacher, student, 2) * 5).toBeCloseTo(
      value('textbrewer', teacher, student, 2),
      12,
    );
    const [mean, sum] = [
      gradient('tinybert', teacher, student, 2),
      gradient('textbrewer', teacher, student, 2),
    ];
    mean.forEach((x, i) => {
      expect(x * 5).toBeCloseTo(sum[i], 12);
    });
  });

  it('T² is all between torchdistill with labels and without', () => {
    const [with_, without] = [
      gradient('torchdistill', teacher, student, 4),
      gradient('torchdistillAlone', teacher, student, 4),
    ];
    with_.forEach((x, i) => {
      expect(x).toBeCloseTo(16 * without[i], 12);
    });
  });

  it('at a high T the gradient of T² KL is T²/2 times that of TextBrewer’s squares of centred logits', () => {
    const centred = (z: readonly number[]) => z.map((x) => x - sumOf(z) / z.length);
    const [t, s, T] = [centred(teacher), centred(student), 1e4];
    // Both come to (z_s − z_t)/V: of the squares it is 2 (z_s − z_t)/(V T²).
    const soft = gradient('distilbert', t, s, T);
    const squares = gradient('textbrewerSquared', t, s, T);
    soft.forEach((x, i) => {
      expect(x).toBeCloseTo((squares[i] * T * T) / 2, 3);
    });
  });

  it('Keras is Hugging Face until a probability falls below its floor, and then it can be negative', () => {
    expect(value('keras', teacher, student, 2)).toBeCloseTo(value('distilbert', teacher, student, 2), 12);
    const far = [12, 0, -12];
    // q of the last word is 4e-11 at T = 1 and does not move for Keras; p of the first is nearly 1.
    const [raised, plain] = [value('keras', [-12, 0, 12], far, 1), value('distilbert', [-12, 0, 12], far, 1)];
    expect(plain).toBeCloseTo(24, 1);
    expect(raised).toBeCloseTo(Math.log(1e7), 1);
    const [ofKeras, ofOurs] = [
      gradient('keras', [-12, 0, 12], far, 1),
      gradient('distilbert', [-12, 0, 12], far, 1),
    ];
    expect(ofOurs[2]).toBeCloseTo(-1, 4);
    expect(Math.abs(ofKeras[2])).toBeLessThan(1e-6);
    // A thousand words at the floor for the teacher, and far below it for the student: raised, its q sums to more than 1.
    const tail = (z: number) => Array.from({ length: 1000 }, () => z);
    const [t, s] = [
      [Math.log(1 - 1e-4), ...tail(Math.log(1e-7))],
      [0, ...tail(-40)],
    ];
    expect(value('keras', t, s, 1)).toBeCloseTo(-1e-4, 7);
    expect(value('distilbert', t, s, 1)).toBeGreaterThan(0);
  });
});

describe('the lens', () => {
  it('finds which conventions are one curve: of gradients four, of values five', () => {
    const all = finish(readAll({ teacher, student }));
    expect(groupsOf(all, 'norm')).toEqual([
      ['distilbert', 'torchdistill', 'keras'],
      ['textbrewer', 'torchdistillAlone', 'kerasBefore'],
      ['tinybert'],
      ['textbrewerSquared'],
    ]);
    expect(groupsOf(all, 'value')).toEqual([
      ['distilbert', 'torchdistill', 'keras'],
      ['textbrewer'],
      ['torchdistillAlone', 'kerasBefore'],
      ['tinybert'],
      ['textbrewerSquared'],
    ]);
  });

  it('reads each at T from its record', () => {
    const { distilbert, tinybert } = readAt({ teacher, student }, 4);
    expect(distilbert.value).toBe(value('distilbert', teacher, student, 4));
    expect(distilbert.norm).toBeCloseTo(Math.hypot(...gradient('distilbert', teacher, student, 4)), 12);
    expect(distilbert.norm / tinybert.norm).toBeCloseTo(16 * 5, 9);
  });
});
