import { describe, expect, it } from 'vitest';
import { runSeeds, type SeedRun } from '../../src/cli/seedRuns';

const result = (seed: number): SeedRun => ({ backend: 'wasm', steps: 1, seed, arms: [] });

/** Runs that end when the test says so. */
function heldRuns() {
  const open = new Map<number, { succeed: () => void; fail: (error: unknown) => void }>();
  const begun: number[] = [];
  const run = (seed: number) => {
    begun.push(seed);
    return new Promise<SeedRun>((resolve, reject) => {
      open.set(seed, { succeed: () => resolve(result(seed)), fail: reject });
    });
  };
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return { run, begun, at: (seed: number) => open.get(seed)!, settle };
}

describe('runSeeds', () => {
  it('has no more runs under way than it may, and begins the next when one ends', async () => {
    const { run, begun, at, settle } = heldRuns();
    const told: number[] = [];
    const pending = runSeeds([5, 6, 7, 8], 2, run, (seed) => told.push(seed));
    await settle();
    expect(begun).toEqual([5, 6]);
    at(6).succeed();
    await settle();
    expect(begun).toEqual([5, 6, 7]);
    at(5).succeed();
    await settle();
    expect(begun).toEqual([5, 6, 7, 8]);
    at(8).succeed();
    at(7).succeed();
    const { runs, failed } = await pending;
    expect(runs.map(({ seed }) => seed)).toEqual([5, 6, 7, 8]);
    expect(failed).toEqual([]);
    expect(told).toEqual([6, 5, 8, 7]);
  });

  it('goes on where one fails, and says which and why', async () => {
    const told: unknown[] = [];
    const run = async (seed: number) => {
      if (seed === 2) throw new Error('out of memory');
      if (seed === 4) throw 'torn';
      return result(seed);
    };
    const outcome = await runSeeds([4, 1, 2, 3], 1, run, (seed, failure) =>
      told.push([seed, failure?.message]),
    );
    expect(outcome.runs.map(({ seed }) => seed)).toEqual([1, 3]);
    expect(outcome.failed).toEqual([
      { seed: 4, message: 'torn' },
      { seed: 2, message: 'out of memory' },
    ]);
    expect(told).toEqual([
      [4, 'torn'],
      [1, undefined],
      [2, 'out of memory'],
      [3, undefined],
    ]);
  });
});
