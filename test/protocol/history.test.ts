import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EvaluationPoint, StepPoint } from '../../src/config/results';
import {
  emptyHistory,
  mostSamples,
  upTo,
  withChange,
  withEvaluation,
  withPoints,
} from '../../src/protocol/history';

const point = (step: number): StepPoint => ({
  step,
  learningRate: step / 1000,
  arms: { a: { total: 2 * step, terms: { ce: step, mlm: step / 2 }, gradientNorm: 3 * step } },
});
const points = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => point(from + i));
const evaluation = (step: number, extent: EvaluationPoint['extent'], loss = 1): EvaluationPoint => ({
  step,
  extent,
  sequences: 1,
  maskedWords: 1,
  teacher: { loss, accuracy: 0, agreement: null, klToTeacher: null },
  arms: {},
});

describe('withPoints', () => {
  it('keeps every update of a short run', () => {
    const history = withPoints(emptyHistory(), points(1, 1999));
    expect(history.steps).toEqual(points(1, 1999));
    expect(history).toMatchObject({ stepsPerEntry: 1, pending: [] });
  });

  it('takes nothing together across the border of two stages', () => {
    const later = (from: number, to: number) => points(from, to).map((one) => ({ ...one, stage: 1 }));
    // 1,001 updates of the first stage: one of them has no neighbour of its own stage.
    const history = withPoints(emptyHistory(), [...points(1, 1001), ...later(1002, 2000)]);
    expect(history.stepsPerEntry).toBe(2);
    expect(history.steps).toHaveLength(1001);
    expect(
      history.steps
        .filter(({ stage }) => !stage)
        .map(({ step }) => step)
        .slice(-2),
    ).toEqual([1000, 1001]);
    expect(history.steps[501]).toEqual({
      ...point(1002.5),
      step: 1003,
      stage: 1,
      learningRate: 1002.5 / 1000,
    });
    // An entry that is not full ends with its stage.
    const third = withPoints(history, [
      { ...point(2001), stage: 1 },
      { ...point(2002), stage: 2 },
    ]);
    expect(third.steps.at(-1)).toEqual({ ...point(2001), stage: 1 });
    expect(third.pending).toEqual([{ ...point(2002), stage: 2 }]);
    expect(upTo(third, 2001).steps.at(-1)?.step).toBe(2001);
  });

  it('merges neighbours in pairs once there are 2,000, each the mean with the last step', () => {
    const history = withPoints(emptyHistory(), points(1, 2000));
    expect(history.steps).toHaveLength(1000);
    expect(history.stepsPerEntry).toBe(2);
    expect(history.steps[0]).toEqual({ ...point(1.5), step: 2, learningRate: 1.5 / 1000 });
    expect(history.steps[999].step).toBe(2000);
    expect(history.steps[999].arms.a).toMatchObject({ total: 3999, gradientNorm: 5998.5 });
  });

  it('holds back updates that make up no entry yet', () => {
    const merged = withPoints(emptyHistory(), points(1, 2000));
    const history = withPoints(merged, [point(2001)]);
    expect(history.steps).toEqual(merged.steps);
    expect(history.pending).toEqual([point(2001)]);
    const next = withPoints(history, [point(2002)]);
    expect(next.steps).toHaveLength(1001);
    expect(next.steps[1000].arms.a.total).toBe(4003);
  });

  it('is the same however the updates arrive, and leaves what it was given', () => {
    const whole = withPoints(emptyHistory(), points(1, 4100));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 20 }), (sizes) => {
        let history = emptyHistory();
        let at = 1;
        for (const size of [...sizes, 4100]) {
          const to = Math.min(4100, at + size - 1);
          const before = history.steps.length;
          const next = withPoints(history, points(at, to));
          expect(history.steps).toHaveLength(before);
          history = next;
          at = to + 1;
        }
        expect(history).toEqual(whole);
      }),
      { numRuns: 10 },
    );
    expect(whole.steps.length).toBeLessThan(2000);
    const seen = whole.steps.reduce((sum, { arms }) => sum + arms.a.total * whole.stepsPerEntry, 0);
    const held = whole.pending.reduce((sum, { arms }) => sum + arms.a.total, 0);
    expect(seen + held).toBeCloseTo(4100 * 4101, 3);
  });

  it('means only the terms that were computed, as when a weight is set to 0 between', () => {
    let history = withPoints(emptyHistory(), points(1, 2000));
    const without: StepPoint = {
      step: 2002,
      learningRate: 0,
      arms: { a: { total: 8, terms: { mlm: 8 }, gradientNorm: null } },
    };
    history = withPoints(history, [point(2001), without]);
    expect(history.steps.at(-1)?.arms.a).toEqual({
      total: (4002 + 8) / 2,
      terms: { ce: 2001, mlm: (2001 / 2 + 8) / 2 },
      gradientNorm: 6003,
    });
  });
});

describe('withEvaluation', () => {
  it('adds, and replaces one of the same step and extent', () => {
    let history = withEvaluation(emptyHistory(), evaluation(0, 'sample'));
    history = withEvaluation(history, evaluation(50, 'sample'));
    history = withEvaluation(history, evaluation(50, 'full'));
    history = withEvaluation(history, evaluation(50, 'sample', 7));
    const kept = history.evaluations.map(({ step, extent, teacher }) => [step, extent, teacher?.loss]);
    expect(kept).toEqual([
      [0, 'sample', 1],
      [50, 'full', 1],
      [50, 'sample', 7],
    ]);
  });
});

describe('withEvaluation in a long run', () => {
  const evaluated = (steps: number[], extents: EvaluationPoint['extent'][] = ['sample']) =>
    steps.reduce(
      (history, step, i) => withEvaluation(history, evaluation(step, extents[i % extents.length])),
      emptyHistory(),
    );
  const stepsOf = ({ evaluations }: { evaluations: EvaluationPoint[] }, extent: EvaluationPoint['extent']) =>
    evaluations.filter((point) => point.extent === extent).map(({ step }) => step);
  const upwards = fc
    .tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 3000 }))
    .map(([every, count]) => Array.from({ length: count }, (_, i) => i * every));

  it('keeps a bounded number of samples, evenly, with the first and the newest', () => {
    fc.assert(
      fc.property(upwards, (steps) => {
        const kept = stepsOf(evaluated(steps), 'sample');
        expect(kept.length).toBe(Math.min(steps.length, mostSamples));
        expect([kept[0], kept.at(-1)]).toEqual([steps[0], steps.at(-1)]);
        const gaps = kept.slice(1).map((step, i) => step - kept[i]);
        expect(Math.min(1, ...gaps)).toBeGreaterThan(0);
        // No gap is wider than two of those that as many samples at one distance would have.
        const every = steps.length > 1 ? steps[1] - steps[0] : 1;
        const even = every * Math.ceil(steps.length / mostSamples);
        expect(Math.max(0, ...gaps)).toBeLessThanOrEqual(2 * even);
      }),
      { numRuns: 25 },
    );
  });

  it('brings a run that was saved with more down to the bound', () => {
    const evaluations = Array.from({ length: 1000 }, (_, i) => evaluation(i, 'sample'));
    const history = withEvaluation({ ...emptyHistory(), evaluations }, evaluation(1000, 'sample'));
    expect(stepsOf(history, 'sample')).toHaveLength(mostSamples);
    expect(stepsOf(history, 'sample').at(-1)).toBe(1000);
  });

  it('keeps every full one', () => {
    const steps = Array.from({ length: 1500 }, (_, i) => i);
    const history = evaluated(steps, ['sample', 'full', 'sample']);
    expect(stepsOf(history, 'full')).toHaveLength(500);
    expect(stepsOf(history, 'sample')).toHaveLength(mostSamples);
  });

  it('is the same on the page and in the worker, and after a run was taken back', () => {
    const steps = Array.from({ length: 900 }, (_, i) => i);
    const back = upTo(evaluated(steps), 700);
    const again = steps.slice(701).reduce((h, step) => withEvaluation(h, evaluation(step, 'sample')), back);
    expect(stepsOf(again, 'sample').length).toBeLessThanOrEqual(mostSamples);
    expect(stepsOf(again, 'sample').at(-1)).toBe(899);
    expect(new Set(stepsOf(again, 'sample')).size).toBe(stepsOf(again, 'sample').length);
  });
});

describe('upTo', () => {
  it('drops what came after a step', () => {
    let history = withPoints(emptyHistory(), points(1, 2003));
    for (const step of [0, 1000, 2001]) history = withEvaluation(history, evaluation(step, 'sample'));
    const cut = upTo(history, 2001);
    expect(cut.steps.at(-1)?.step).toBe(2000);
    expect(cut.pending).toEqual([]);
    expect(cut.evaluations).toHaveLength(3);
    expect(upTo(history, 1001).steps.at(-1)?.step).toBe(1000);
    expect(upTo(history, 1001).evaluations).toHaveLength(2);
    expect(upTo(history, 2003)).toEqual(history);
  });
});

describe('withChange', () => {
  const path = 'arms.0.temperature';

  it('keeps one entry for a number that moves several times before an update', () => {
    const moved = [3, 4].reduce(
      (history, value) => withChange(history, { step: 5, path, before: value - 1, value }),
      emptyHistory(),
    );
    expect(moved.changes).toEqual([{ step: 5, path, before: 2, value: 4 }]);
  });

  it('forgets a number that went back before an update', () => {
    const there = withChange(emptyHistory(), { step: 5, path, before: 2, value: 4 });
    expect(withChange(there, { step: 5, path, before: 4, value: 2 }).changes).toEqual([]);
  });

  it('is taken back with the run', () => {
    const changed = withChange(emptyHistory(), { step: 5, path, before: 2, value: 4 });
    expect(upTo(changed, 5)).toEqual(changed);
    // The number itself stays as it was set.
    expect(upTo(changed, 3).changes).toEqual([{ step: 3, path, before: 2, value: 4 }]);
  });
});
