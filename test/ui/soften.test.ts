/** The temperature microscope's figures, against definitions written out here, known limits and finite differences. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finish } from '../../src/data/work';
import {
  curveTemperatures,
  gradientFactor,
  ladder,
  probabilityOf,
  rankOf,
  soften,
  softenings,
  softLossAtInfinity,
} from '../../src/ui/panels/microscope/soften';

const logits = fc.array(fc.double({ min: -12, max: 12, noNaN: true }), { minLength: 7, maxLength: 7 });
const temperatures = fc.double({ min: 0.25, max: 16, noNaN: true });

/** From the definition, without any of the tricks that keep it from overflowing. */
function plain(z: readonly number[], T: number): number[] {
  const powers = z.map((value) => Math.exp(value / T));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
const plainEntropy = (p: readonly number[]) => -p.reduce((sum, x) => sum + (x > 0 ? x * Math.log(x) : 0), 0);
const plainKl = (p: readonly number[], q: readonly number[]) =>
  p.reduce((sum, x, i) => sum + x * Math.log(x / q[i]), 0);

const both = (teacher: readonly number[], student: readonly number[], T: number) =>
  soften(
    [
      { id: 'teacher', logits: teacher },
      { id: 'a', logits: student },
    ],
    'teacher',
    T,
  ).models;

describe('one T', () => {
  it('has the probabilities, the entropy, the KL and the distance of their definitions', () => {
    fc.assert(
      fc.property(logits, logits, temperatures, (teacher, student, T) => {
        const [ofTeacher, ofStudent] = both(teacher, student, T);
        const [p, q] = [plain(teacher, T), plain(student, T)];
        teacher.forEach((z, i) => {
          expect(probabilityOf(ofTeacher, z, T)).toBeCloseTo(p[i], 12);
          expect(probabilityOf(ofStudent, student[i], T)).toBeCloseTo(q[i], 12);
        });
        expect(ofTeacher.entropy).toBeCloseTo(plainEntropy(p), 10);
        expect(ofStudent.entropy).toBeCloseTo(plainEntropy(q), 10);
        expect(ofTeacher.klFromTeacher).toBeNull();
        expect(ofTeacher.distance).toBeNull();
        const kl = plainKl(p, q);
        expect(Math.abs(ofStudent.klFromTeacher! - kl)).toBeLessThan(1e-10 * Math.max(1, kl));
        expect(ofStudent.distance).toBeCloseTo(Math.sqrt(p.reduce((s, x, i) => s + (q[i] - x) ** 2, 0)), 12);
      }),
    );
  });

  it('is the classroom example at T = 2: .540, .191, .135, .135', () => {
    const movie = [0.8, 0.1, 0.05, 0.05].map(Math.log);
    const [, softened] = both([0, 0, 0, 0], movie, 2);
    expect(movie.map((z) => probabilityOf(softened, z, 2).toFixed(3))).toEqual([
      '0.540',
      '0.191',
      '0.135',
      '0.135',
    ]);
    // KL from four alike is ln 4 − H only in the other direction: here −ln 4 − mean ln q.
    const meanLog = movie.reduce((sum, z) => sum + z / 2 - softened.logNormaliser, 0) / 4;
    expect(softened.klFromTeacher).toBeCloseTo(-Math.log(4) - meanLog, 12);
  });

  it('comes to ln V as T grows, and to its first word as T falls', () => {
    const z = [3, 1, 2.5, -4, 0];
    const at = (T: number) => both(z, z, T)[1];
    expect(at(1e7).entropy).toBeCloseTo(Math.log(5), 12);
    expect(at(0.01).entropy).toBeLessThan(1e-18);
    expect(probabilityOf(at(0.01), 3, 0.01)).toBeCloseTo(1, 12);
    expect(probabilityOf(at(0.01), 2.5, 0.01)).toBeLessThan(1e-20);
  });

  it('neither overflows on large logits nor tells a model from itself', () => {
    const [ofTeacher, ofSame] = both([5000, 0, -5000], [5000, 0, -5000], 0.25);
    expect([ofTeacher.entropy, ofSame.klFromTeacher, ofSame.distance]).toEqual([0, 0, 0]);
    const [, far] = both([5000, 0, -5000], [-5000, 0, 5000], 0.25);
    expect(far.klFromTeacher).toBe(40_000);
    expect(far.distance).toBeCloseTo(Math.SQRT2, 12);
  });

  it('compares with nobody where there is no teacher', () => {
    const { models } = soften([{ id: 'a', logits: [1, 2] }], 'teacher', 2);
    expect(models).toHaveLength(1);
    expect([models[0].klFromTeacher, models[0].distance]).toEqual([null, null]);
  });
});

describe('all T', () => {
  it('are those of the scale, eight to a doubling, and each agrees with one alone', () => {
    expect(curveTemperatures).toHaveLength(49);
    for (const mark of [0.25, 0.5, 1, 2, 4, 8, 16]) expect(curveTemperatures).toContain(mark);
    const models = [
      { id: 'teacher', logits: [1, 0, -1] },
      { id: 'a', logits: [0, 2, 0] },
    ];
    const all = finish(softenings(models, 'teacher'));
    expect(all.map(({ temperature }) => temperature)).toEqual(curveTemperatures);
    expect(all[17]).toEqual(soften(models, 'teacher', curveTemperatures[17]));
  });

  it('entropy rises with T', () => {
    fc.assert(
      fc.property(logits, (z) => {
        const all = finish(softenings([{ id: 'teacher', logits: z }], 'teacher'));
        for (let i = 1; i < all.length; i++) {
          expect(all[i].models[0].entropy).toBeGreaterThanOrEqual(all[i - 1].models[0].entropy - 1e-12);
        }
      }),
    );
  });

  it('a word keeps its rank: probabilities at any T are in the order of the logits', () => {
    fc.assert(
      fc.property(logits, temperatures, (z, T) => {
        const [softened] = both(z, z, T);
        const ranks = z.map((_, i) => rankOf(z, i));
        expect([...ranks].sort((a, b) => a - b)).toEqual(z.map((_, i) => i + 1));
        const byRank = ranks.map((_, place) => z[ranks.indexOf(place + 1)]);
        const p = byRank.map((value) => probabilityOf(softened, value, T));
        for (let i = 1; i < p.length; i++) expect(p[i]).toBeLessThanOrEqual(p[i - 1]);
      }),
    );
    expect([0, 1, 2, 3].map((i) => rankOf([1, 5, 5, 2], i))).toEqual([4, 1, 2, 3]);
  });

  it('T² KL comes to half the mean squared difference of centred logits', () => {
    const [teacher, student] = [
      [2, -1, 0.5, 0, 3],
      [0, 1, 1, -2, 0],
    ];
    // Centred differences by hand: (−2, 2, .5, −2, −3) has the mean −.9.
    const centred = [-1.1, 2.9, 1.4, -1.1, -2.1];
    const limit = centred.reduce((sum, x) => sum + x * x, 0) / 10;
    expect(softLossAtInfinity(teacher, student)).toBeCloseTo(limit, 12);
    const T = 2e4;
    expect(T ** 2 * both(teacher, student, T)[1].klFromTeacher!).toBeCloseTo(limit, 3);
    expect(
      softLossAtInfinity(
        teacher,
        teacher.map((z) => z + 7),
      ),
    ).toBeCloseTo(0, 12);
  });
});

describe('the gradient of a word', () => {
  it.each([0.5, 1, 2, 8])('agrees with finite differences of KL and of T² KL, T = %s', (T) => {
    const teacher = [1.2, -0.7, 0.1, 2, -3];
    const student = [0.3, -0.2, 1.1, 0, 0.5];
    const loss = (z: readonly number[], squared: boolean) =>
      (squared ? T * T : 1) * plainKl(plain(teacher, T), plain(z, T));
    const [p, q] = both(teacher, student, T);
    for (const squared of [false, true]) {
      student.forEach((z, i) => {
        const nudged = (by: number) => student.map((value, j) => (j === i ? value + by : value));
        const difference = (loss(nudged(1e-5), squared) - loss(nudged(-1e-5), squared)) / 2e-5;
        const own = probabilityOf(q, z, T) - probabilityOf(p, teacher[i], T);
        expect(gradientFactor(T, squared) * own).toBeCloseTo(difference, 8);
      });
    }
  });

  it('is as long as distance and factor say, and T² times as long with T²', () => {
    const [, { distance }] = both([1, 0, 0], [0, 0, 2], 4);
    const [p, q] = [plain([1, 0, 0], 4), plain([0, 0, 2], 4)];
    const gradient = q.map((x, i) => 4 * (x - p[i]));
    expect(gradientFactor(4, true) * distance!).toBeCloseTo(Math.hypot(...gradient), 12);
    expect(gradientFactor(4, true) / gradientFactor(4, false)).toBe(16);
  });
});

describe('the ladder', () => {
  it('has the T that one looks at in its place, once', () => {
    expect(ladder(3)).toEqual([0.5, 1, 2, 3, 4, 8]);
    expect(ladder(2)).toEqual([0.5, 1, 2, 4, 8]);
    expect(ladder(16)).toEqual([0.5, 1, 2, 4, 8, 16]);
    expect(ladder(0.25)[0]).toBe(0.25);
  });
});
