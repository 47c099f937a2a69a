import { expect, it } from 'vitest';
import type { LikenessPoint } from '../../src/config/likeness';
import { likenessUpTo, noLikeness, ofNextRun, withLikeness } from '../../src/store/likenessRecord';

const point = (step: number, took = 1, stage?: number): LikenessPoint => ({
  step,
  ...(stage && { stage }),
  took,
  sequences: 1,
  tokens: 1,
  arms: {},
});
const of = (...points: LikenessPoint[]) => points.reduce(withLikeness, noLikeness);
const steps = ({ points }: { points: readonly LikenessPoint[] }) => points.map(({ step }) => step);

it('stands in the order of steps, each once: the newest of a step counts', () => {
  const record = of(point(40), point(0), point(60), point(40, 2));
  expect(steps(record)).toEqual([0, 40, 60]);
  expect(record.points[1].took).toBe(2);
});

it('has the end of a stage and the beginning of the next, which are of one step', () => {
  const record = of(point(20), point(20, 1, 1), point(30, 1, 1), point(20, 5));
  expect(record.points.map(({ step, stage = 0 }) => [step, stage])).toEqual([
    [20, 0],
    [20, 1],
    [30, 1],
  ]);
});

it('forgets what was taken back, and keeps the last of a run for the next', () => {
  const record = of(point(0), point(5), point(9));
  expect(steps(likenessUpTo(record, 5, 0))).toEqual([0, 5]);
  const staged = of(point(0), point(5), point(5, 1, 1), point(9, 1, 1));
  expect(likenessUpTo(staged, 5, 0).points).toEqual([point(0), point(5)]);
  expect(steps(likenessUpTo(staged, 5, 1))).toEqual([0, 5, 5]);
  const next = ofNextRun(record);
  expect(next).toEqual({ points: [], earlier: point(9) });
  // A run that nobody looked at leaves it as it is.
  expect(ofNextRun(next)).toEqual(next);
});

it('is bounded, with its first and last points', () => {
  const record = of(...Array.from({ length: 1000 }, (_, step) => point(step)));
  expect(record.points.length).toBeLessThanOrEqual(257);
  expect(record.points[0].step).toBe(0);
  expect(record.points[record.points.length - 1].step).toBe(999);
});
