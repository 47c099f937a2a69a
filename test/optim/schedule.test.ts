import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learningRateAt } from '../../src/optim/schedule';

const schedules = fc.record({
  steps: fc.integer({ min: 1, max: 100_000 }),
  warmup: fc.double({ min: 0, max: 1, noNaN: true }),
  learningRate: fc.double({ min: 1e-6, max: 0.1, noNaN: true }),
});

describe('learningRateAt', () => {
  it('golden 15: 0 at the start, peak at ceil(.05 S), 0 at S', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (steps) => {
        const schedule = { steps, warmup: 0.05, learningRate: 5e-4 };
        const top = Math.ceil(0.05 * steps);
        expect(learningRateAt(0, schedule)).toBe(0);
        if (top < steps) expect(learningRateAt(top, schedule)).toBe(5e-4);
        expect(learningRateAt(steps, schedule)).toBe(0);
      }),
    );
  });

  it('rises to the peak, then falls, and stays within 0 and the peak', () => {
    fc.assert(
      fc.property(schedules, fc.nat(), (schedule, at) => {
        const { steps, warmup, learningRate } = schedule;
        const step = at % steps;
        const [now, next] = [learningRateAt(step, schedule), learningRateAt(step + 1, schedule)];
        expect(now).toBeGreaterThanOrEqual(0);
        expect(now).toBeLessThanOrEqual(learningRate);
        // With a warm-up of all steps the rate falls to 0 only after the last one.
        if (step + 1 <= Math.ceil(warmup * steps) && step + 1 < steps) expect(next).toBeGreaterThan(now);
        else expect(next).toBeLessThanOrEqual(now);
      }),
    );
  });

  it('is linear: halfway up and halfway down it is half the peak', () => {
    const schedule = { steps: 100, warmup: 0.2, learningRate: 1 };
    expect(learningRateAt(10, schedule)).toBeCloseTo(0.5, 12);
    expect(learningRateAt(60, schedule)).toBeCloseTo(0.5, 12);
  });

  it('begins at the peak without a warm-up', () => {
    expect(learningRateAt(0, { steps: 10, warmup: 0, learningRate: 0.3 })).toBe(0.3);
  });
});
