import { describe, expect, it } from 'vitest';
import type { RunState } from '../../src/config/results';
import { longStep } from '../../src/ui/longStep';

const status = (state: RunState, stepsPerSecond: number | null = null) => ({
  state,
  step: 3,
  steps: 100,
  stepsPerSecond,
});
const guess = { secondsPerStep: 40, estimated: true };
const measured = { secondsPerStep: 40, estimated: false };

describe('a step that takes long', () => {
  it('is announced before it starts', () => {
    expect(longStep(status('paused'), guess, 0)).toEqual({ key: 'about', elapsed: 0, of: 40 });
    expect(longStep(status('paused'), measured, 0)).toMatchObject({ key: 'each', of: 40 });
  });

  it('says for how long it runs, and when that is longer than was thought', () => {
    expect(longStep(status('playing'), guess, 0)).toMatchObject({ key: 'about' });
    expect(longStep(status('playing'), guess, 12)).toEqual({ key: 'of', elapsed: 12, of: 40 });
    expect(longStep(status('playing'), guess, 61)).toEqual({ key: 'over', elapsed: 61, of: 40 });
    expect(longStep(status('playing'), null, 5)).toEqual({ key: 'since', elapsed: 5, of: null });
  });

  it('goes by what was measured where nothing was estimated', () => {
    expect(longStep(status('playing', 0.1), null, 4)).toEqual({ key: 'of', elapsed: 4, of: 10 });
    expect(longStep(status('playing', 0.1), null, 0)).toMatchObject({ key: 'each', of: 10 });
  });
});

it('quick steps and finished runs say nothing of it', () => {
  expect(longStep(status('playing', 30), null, 0)).toBeNull();
  expect(longStep(status('playing', 30), { secondsPerStep: 0.03, estimated: false }, 1)).toBeNull();
  expect(longStep(status('paused'), { secondsPerStep: 0.5, estimated: true }, 0)).toBeNull();
  expect(longStep(status('finished'), guess, 0)).toBeNull();
  expect(longStep(status('paused'), null, 0)).toBeNull();
});
