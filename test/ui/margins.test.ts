import { describe, expect, it } from 'vitest';
import { randomStream } from '../../src/data/random';
import { differenceMargin, meansMargin, ratioWithMargin, shareMargin } from '../../src/ui/margins';

const samples = 1500;

/** What two models and their teacher do on one word. */
interface Word {
  first: boolean;
  second: boolean;
  /** Both give the same answer. */
  agree: boolean;
}

/** Words on which each model is right by `shares`, and follows a common hidden cause with probability `common`. */
function world(shares: [number, number], common: number, purpose: string) {
  const random = randomStream(7, 0, purpose);
  const word = (): Word => {
    const cause = random.next();
    const [first, second] = shares.map((share) =>
      random.next() < common ? cause < share : random.next() < share,
    );
    // Both right is agreement; both wrong is one half of the time.
    return { first, second, agree: first === second && (first || random.next() < 0.5) };
  };
  return (count: number) => {
    const words = Array.from({ length: count }, word);
    const share = (of: (word: Word) => boolean) => words.filter(of).length / count;
    return {
      words: count,
      first: share(({ first }) => first),
      second: share(({ second }) => second),
      apart: 1 - share(({ agree }) => agree),
    };
  };
}

/** Share of seeded samples whose interval holds the truth. */
function coverage(draw: () => boolean | null): number {
  const told = Array.from({ length: samples }, draw).filter((held) => held !== null);
  expect(told.length).toBeGreaterThan(samples / 2);
  return told.filter(Boolean).length / told.length;
}

describe('margins hold in 95 of 100 samples', () => {
  it.each([
    [100, 0.05],
    [100, 0.34],
    [250, 0.02],
    [3500, 0.34],
  ])('of a share: %i words, %f right', (words, truth) => {
    const draw = world([truth, truth], 0, `share ${words} ${truth}`);
    const held = coverage(() => {
      const { first } = draw(words);
      return Math.abs(first - truth) <= shareMargin(first, words);
    });
    expect(held).toBeGreaterThan(0.93);
  });

  it.each([
    [100, 0.34, 0.4, 0],
    [250, 0.34, 0.4, 0.5],
    [250, 0.1, 0.4, 0.8],
    [3500, 0.33, 0.41, 0.9],
    [250, 0.36, 0.34, 1],
  ])('of ratios and differences: %i words, %f and %f right, %f in common', (words, first, second, common) => {
    const draw = world([first, second], common, `pair ${words} ${first} ${common}`);
    const ratios = coverage(() => {
      const told = ratioWithMargin(draw(words));
      return told && Math.abs(told.ratio - first / second) <= told.margin;
    });
    expect(ratios).toBeGreaterThan(0.93);
    const differences = coverage(() => {
      const pair = draw(words);
      return Math.abs(pair.first - pair.second - (first - second)) <= differenceMargin(pair);
    });
    expect(differences).toBeGreaterThan(0.93);
    // Knowing nothing of agreement only widens them.
    const pair = draw(words);
    expect(differenceMargin({ ...pair, apart: 1 })).toBeGreaterThanOrEqual(differenceMargin(pair));
  });

  it('is no wider than it must be where the two are right independently', () => {
    const draw = world([0.34, 0.34], 0, 'independent');
    const held = coverage(() => {
      const pair = draw(1000);
      return Math.abs(pair.first - pair.second) <= differenceMargin(pair);
    });
    expect(held).toBeLessThan(0.975);
  });

  it('tells five apart only rarely where all are alike', () => {
    const draws = Array.from({ length: 5 }, (_, i) => world([0.3, 0.3], 0, `alike ${i}`));
    const told = (models: number) =>
      coverage(() => {
        const shares = draws.map((draw) => draw(300).first).sort((a, b) => a - b);
        const pair = { first: shares[4], second: shares[0], apart: 1, words: 300 };
        return pair.first - pair.second > differenceMargin(pair, models);
      });
    expect(told(5)).toBeLessThan(0.06);
    // As if only two had been compared, luck would pass for a difference.
    expect(told(2)).toBeGreaterThan(0.15);
  });
});

describe('ratioWithMargin', () => {
  it('gives README’s run a few points of doubt: 34.3 % against 40.5 % of 3,500 words', () => {
    const told = ratioWithMargin({ first: 0.343, second: 0.405, apart: 0.3, words: 3500 });
    expect(told?.ratio).toBeCloseTo(0.847, 3);
    expect(told?.margin).toBeGreaterThan(0.03);
    expect(told?.margin).toBeLessThan(0.06);
  });

  it('says nothing of few words, of a teacher that is hardly ever right, or of none', () => {
    expect(ratioWithMargin({ first: 5 / 12, second: 3 / 12, apart: 1, words: 12 })).toBeNull();
    expect(ratioWithMargin({ first: 0.05, second: 0.02, apart: 1, words: 300 })).toBeNull();
    expect(ratioWithMargin({ first: Number.NaN, second: Number.NaN, apart: 1, words: 0 })).toBeNull();
    expect(ratioWithMargin({ first: 0, second: 0, apart: 1, words: 1000 })).toBeNull();
  });

  it('narrows with the words and with the agreement', () => {
    const pair = { first: 0.34, second: 0.4, apart: 0.6, words: 400 };
    const margin = (changes: Partial<typeof pair>) => ratioWithMargin({ ...pair, ...changes })?.margin ?? 0;
    expect(margin({ words: 1600 })).toBeCloseTo(margin({}) / 2, 6);
    expect(margin({ apart: 0.1 })).toBeLessThan(margin({}));
  });
});

it('takes the errors of two means as those of different words, and is silent where one is unknown', () => {
  expect(meansMargin(0.03, 0.04)).toBeCloseTo(1.96 * 0.05, 12);
  expect(meansMargin(0.03, 0.04, 4)).toBeCloseTo(2.569 * 0.05, 12);
  expect(meansMargin(undefined, 0.04)).toBeNull();
  expect(meansMargin(0.03, null)).toBeNull();
});
