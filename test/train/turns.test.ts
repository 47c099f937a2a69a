import { describe, expect, it } from 'vitest';
import { middleHalf, timesInTurns } from '../../src/train/turns';

/** A clock that only runs of `cost` milliseconds move, and what was run in which order. */
function machine(costs: ((at: number) => number)[]) {
  let clock = 0;
  const order: number[] = [];
  const runs = costs.map((cost, i) => async () => {
    order.push(i);
    clock += cost(clock);
  });
  const plan = {
    mostRuns: 31,
    leastRuns: 5,
    warmUps: 2,
    patience: 1e9,
    now: () => clock,
    pause: async () => {},
  };
  return { runs, order, plan };
}

describe('timesInTurns', () => {
  it('runs everything once a round, the other way round each time, and drops the warm-up', async () => {
    const { runs, order, plan } = machine([() => 1, () => 2, () => 3]);
    const times = await timesInTurns(runs, { ...plan, mostRuns: 2 });
    expect(times).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(order).toEqual([0, 1, 2, 2, 1, 0, 0, 1, 2, 2, 1, 0]);
  });

  it('gives equal work equal medians on a machine that slows down all along', async () => {
    const slower = (at: number) => 1 + at / 200;
    const { runs, plan } = machine([slower, slower]);
    const [first, second] = (await timesInTurns(runs, plan)).map((times) => middleHalf(times).median);
    expect(Math.abs(first / second - 1)).toBeLessThan(0.02);
  });

  it('makes the least runs on a slow machine, and no more', async () => {
    const { runs, plan } = machine([() => 900, () => 400]);
    const times = await timesInTurns(runs, { ...plan, patience: 1000 });
    expect(times.map(({ length }) => length)).toEqual([5, 5]);
  });
});

it('sums times up as their median and middle half', () => {
  expect(middleHalf([9, 1, 5, 3, 7])).toEqual({ median: 5, middle: [3, 7], runs: 5 });
  // An odd one out moves neither.
  expect(middleHalf([9, 1, 5, 3, 7000])).toEqual({ median: 5, middle: [3, 9], runs: 5 });
  expect(middleHalf([2])).toEqual({ median: 2, middle: [2, 2], runs: 1 });
});
