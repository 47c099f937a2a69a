import { describe, expect, it } from 'vitest';
import { presets } from '../../src/config/presets';
import { comparedEvery, isCompared, nextSeeds, oneSeedOf, withSeed } from '../../src/config/seeds';
import { stagesOf } from '../../src/config/stages';
import { taskStages } from '../support/taskStages';

describe('withSeed', () => {
  it('gives every stage the seed, and changes nothing else', () => {
    const other = withSeed(taskStages, 7);
    expect(stagesOf(other).map(({ training }) => training.seed)).toEqual([7, 7, 7]);
    expect(oneSeedOf(other)).toBe(7);
    expect(withSeed(other, 1)).toEqual(withSeed(taskStages, 1));
    expect(withSeed(presets.tiny, presets.tiny.training.seed)).toEqual(presets.tiny);
  });

  it('has no one seed where stages have several', () => {
    const { later } = taskStages;
    const mixed = {
      ...taskStages,
      later: later!.map((stage, i) => ({ ...stage, training: { ...stage.training, seed: 40 + i } })),
    };
    expect(oneSeedOf(mixed)).toBeNull();
  });
});

describe('nextSeeds', () => {
  it('takes those that are known first, then the smallest, each once', () => {
    expect(nextSeeds(3, [])).toEqual([1, 2, 3]);
    expect(nextSeeds(3, [2])).toEqual([2, 1, 3]);
    expect(nextSeeds(4, [9, 1])).toEqual([9, 1, 2, 3]);
    expect(nextSeeds(2, [5, 6, 7])).toEqual([5, 6]);
  });
});

describe('isCompared', () => {
  it('takes a hundred samples of a stage at most, the same of every seed, and its end', () => {
    const { tiny } = presets;
    const at = (step: number, extent: 'sample' | 'full' = 'sample') => isCompared(tiny, { step, extent });
    expect([0, 49, 50, 450].map((step) => at(step))).toEqual([true, false, true, true]);
    // At the end all that is held out is measured, in the middle only where somebody asked.
    expect([at(500), at(500, 'full'), at(250, 'full')]).toEqual([false, true, false]);
    const long = { ...tiny, training: { ...tiny.training, steps: 5000, evaluateEvery: 1 } };
    expect(comparedEvery(long.training)).toBe(50);
    const steps = Array.from({ length: 5000 }, (_, step) => step);
    expect(steps.filter((step) => isCompared(long, { step, extent: 'sample' }))).toHaveLength(100);
  });

  it('counts within the stage', () => {
    const [first, second] = stagesOf(taskStages).map(({ training }) => training.steps);
    expect(isCompared(taskStages, { step: first, extent: 'full' })).toBe(true);
    expect(isCompared(taskStages, { step: first, extent: 'sample', stage: 1 })).toBe(true);
    expect(isCompared(taskStages, { step: first + second, extent: 'full', stage: 1 })).toBe(true);
    expect(isCompared(taskStages, { step: first + second, extent: 'full', stage: 2 })).toBe(false);
  });
});
