import { describe, expect, it } from 'vitest';
import { presets } from '../../src/config/presets';
import type { EvaluationPoint } from '../../src/config/results';
import { withSeed } from '../../src/config/seeds';
import { experimentKey, isDone, runId, runsOf, type SeedRun, seedRunOf } from '../../src/store/seedRun';
import type { ShownRun } from '../../src/store/taskResult';
import { sampleDone, sampleWaiting } from './sampleSeedRun';

const { tiny } = presets;
const losses = { total: 1, terms: {}, gradientNorm: null };
const point = (step: number, extent: EvaluationPoint['extent'] = 'sample', loss = 3): EvaluationPoint => ({
  step,
  extent,
  sequences: 10,
  maskedWords: 400,
  teacher: null,
  arms: Object.fromEntries(
    tiny.arms.map(({ id }) => [
      id,
      { loss, accuracy: 0.25, agreement: 0.5, klToTeacher: 1, losses, attention: null },
    ]),
  ),
});
const shown = (changes: Partial<ShownRun> = {}): ShownRun => ({
  experiment: tiny,
  changes: [],
  evaluations: [point(0), point(50), point(60), point(70, 'full'), point(500, 'full')],
  point: point(500, 'full'),
  backend: 'wasm',
  fingerprint: 'a b c d',
  teacher: { parameters: 9 },
  arms: { distilled: { parameters: 5 }, twin: { parameters: 5 } },
  ...changes,
});
const moved = { path: 'arms.0.temperature', before: 2, value: 4 };

describe('a run on screen', () => {
  it('is one of several seeds once it has ended, with what all of them have', () => {
    const run = seedRunOf(shown(), 77)!;
    expect(run).toMatchObject({
      state: 'done',
      askedFor: null,
      savedAt: 77,
      metric: 'accuracy',
      backend: 'wasm',
    });
    expect(run.points.map(({ step }) => step)).toEqual([0, 50, 500]);
    expect(run.points[2].arms.twin).toEqual({ loss: 3, accuracy: 0.25, agreement: 0.5, klToTeacher: 1 });
    expect(run.id).toBe(runId(tiny));
  });

  it.each([
    ['it is not at its end', { point: point(400, 'full') }],
    ['only a sample was measured', { point: point(500) }],
    ['its numbers were moved on the way', { changes: [{ ...moved, step: 9 }] }],
    ['a loss is no number', { evaluations: [point(0), point(500, 'full', Number.NaN)] }],
    ['its end was not measured', { evaluations: [point(0), point(50)] }],
  ])('is none where %s', (_, changes) => {
    expect(seedRunOf(shown(changes), 1)).toBeNull();
  });

  it('is one where numbers were moved before its first update', () => {
    expect(seedRunOf(shown({ changes: [{ ...moved, step: 0 }] }), 1)).not.toBeNull();
  });
});

describe('runs of one experiment', () => {
  it('are those that differ in their seed alone, whatever their texts are called', () => {
    const own = { kind: 'own', id: '00000000000000aa' } as const;
    expect(experimentKey(withSeed(tiny, 9))).toBe(experimentKey(tiny));
    expect(experimentKey({ ...tiny, text: { ...own, name: 'a' } })).toBe(
      experimentKey({ ...tiny, text: { ...own, name: 'b' } }),
    );
    expect(experimentKey({ ...tiny, arms: tiny.arms.slice(0, 1) })).not.toBe(experimentKey(tiny));
    const runs = [sampleDone(3, {}), sampleWaiting(1), sampleDone(2, {}, presets.temperature)];
    expect(runsOf(runs, experimentKey(tiny)).map(({ id }) => id)).toEqual([
      runId(withSeed(tiny, 1)),
      runId(withSeed(tiny, 3)),
    ]);
  });

  it('leave out what was trained under another teacher of the same name', () => {
    const old = { ...sampleDone(1, {}), fingerprint: 'words other shape parameters', savedAt: 5 };
    // Teachers beside the first may be drawn by the seed.
    const beside = {
      ...sampleDone(2, {}),
      fingerprint: 'words embeddings shape parameters drawn',
      savedAt: 6,
    };
    const runs = [old, beside, sampleDone(3, {}), sampleWaiting(4)];
    expect(runsOf(runs, experimentKey(tiny)).map(({ experiment }) => experiment.training.seed)).toEqual([
      2, 3, 4,
    ]);
  });

  it('count once for each seed: what is done before what is not, and of two the newer', () => {
    const named = (run: SeedRun, id: string, savedAt: number) => ({ ...run, id, savedAt });
    const [first, again] = [named(sampleDone(1, {}), 'an older name', 7), named(sampleDone(1, {}), 'now', 9)];
    const waiting = named(sampleWaiting(1), 'asked for', 0);
    for (const runs of [
      [first, again, waiting],
      [waiting, again, first],
    ]) {
      expect(runsOf(runs, experimentKey(tiny))).toEqual([again]);
    }
    expect(runsOf([waiting, sampleDone(2, {})], experimentKey(tiny))).toHaveLength(2);
  });

  it('are done once they were looked at where somebody wants that', () => {
    const run = sampleDone(1, {});
    expect(isDone(run, { ladder: [] })).toBe(true);
    expect(isDone(run, { ladder: [1] })).toBe(false);
    const looked = { ...run, ladder: [1, 2], seen: { distilled: [1, 1], twin: [1, 1] } };
    expect([isDone(looked, { ladder: [2] }), isDone(looked, { ladder: [2, 4] })]).toEqual([true, false]);
    expect(isDone(sampleWaiting(1), { ladder: [] })).toBe(false);
  });
});
