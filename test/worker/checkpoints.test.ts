import { describe, expect, it } from 'vitest';
import { presets } from '../../src/config/presets';
import { emptyHistory } from '../../src/protocol/history';
import { Checkpoints, checkpointBounds } from '../../src/worker/checkpoints';
import type { Kept } from '../../src/worker/kept';

/** A state of this many numbers, of which parameters and both moments are as many. */
function keptAt(step: number, numbers = 3): Kept {
  const named = () => ({ w: new Float32Array(numbers / 3) });
  const arms = { distilled: { parameters: named(), moments: { first: named(), second: named() } } };
  return { snapshot: { step, arms }, experiment: presets.tiny, history: emptyHistory(), sentence: '' };
}

function taken(steps: readonly number[], numbers?: number) {
  const told: number[][] = [];
  const all = new Checkpoints([], (now) => told.push(now));
  for (const step of steps) all.take(keptAt(step, numbers));
  return { all, told };
}

const every = (step: number, count: number) => Array.from({ length: count }, (_, i) => (i + 1) * step);

describe('states on the way', () => {
  it.each([17, 40, 100, 333])('are so many at most, and lie evenly, after %i of them', (count) => {
    const { all } = taken(every(10, count));
    const { steps } = all;
    expect(steps).toHaveLength(checkpointBounds.states);
    expect(steps.at(-1)).toBe(10 * count);
    // No gap, that before the first one neither, is more than a few times what an even spread would leave.
    const gaps = steps.map((step, i) => step - (steps[i - 1] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual((4 * 10 * count) / checkpointBounds.states);
  });

  it('are as few as their bytes ask for, and none where one alone is too large', () => {
    const third = Math.floor(checkpointBounds.bytes / 3 / 12) * 3;
    expect(taken(every(10, 20), third).all.steps).toHaveLength(3);
    expect(taken(every(10, 20), checkpointBounds.bytes / 4 + 3).all.steps).toEqual([]);
  });

  it('leave out step 0, which the seed gives again, and what is there already', () => {
    expect(taken([0, 5, 5, 9]).all.steps).toEqual([5, 9]);
  });

  it('are told whenever they are others', () => {
    const { all, told } = taken([5, 9]);
    all.written(5);
    all.takeBack(7);
    all.takeBack(7);
    expect(told).toEqual([[5], [5, 9], [5]]);
  });

  it('are in memory only until they are on disk', () => {
    const { all } = taken([5, 9]);
    expect(all.onDiskBefore(100)).toEqual([]);
    all.written(5);
    expect(all.onDiskBefore(9)).toEqual([5]);
    expect(all.onDiskBefore(5)).toEqual([]);
    expect(all.upTo(8).map(({ step, kept }) => [step, kept])).toEqual([[5, null]]);
    expect(all.upTo(9).map(({ step, kept }) => [step, kept?.snapshot.step])).toEqual([
      [9, 9],
      [5, undefined],
    ]);
  });

  it('that had to go from a full disk are gone, and those in memory stay', () => {
    const { all, told } = taken([5, 9, 14, 20]);
    for (const step of [5, 9, 20]) all.written(step);
    all.letGo(20);
    expect(all.steps).toEqual([14, 20]);
    expect(told.at(-1)).toEqual([14, 20]);
    expect(all.onDiskBefore(100)).toEqual([20]);
  });

  it('that lie on disk are known again', () => {
    const all = new Checkpoints([5, 9], () => {});
    all.take(keptAt(12));
    expect(all.steps).toEqual([5, 9, 12]);
    expect(all.onDiskBefore(12)).toEqual([5, 9]);
  });
});
