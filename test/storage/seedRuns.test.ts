import { describe, expect, it } from 'vitest';
import { presets } from '../../src/config/presets';
import { parseSeedRun, type SeedRun, writtenSeedRun } from '../../src/storage/seedRuns';
import { sampleDone, sampleWaiting } from '../store/sampleSeedRun';
import { taskStages } from '../support/taskStages';

const done: SeedRun = {
  ...sampleDone(2, { distilled: 1, twin: 1.5 }),
  ladder: [1, 4],
  seen: { distilled: [0.5, 0.1], twin: [0.7, 0.2] },
};
const asKept = JSON.parse(JSON.stringify(writtenSeedRun(done)));

describe('a run over seeds', () => {
  it.each([
    ['one that is done', done],
    ['one that waits', sampleWaiting(3)],
    ['one that waits, of several stages', sampleWaiting(1, taskStages)],
    [
      'one that failed',
      {
        ...sampleWaiting(4),
        state: 'failed',
        problem: { code: 'lossNotFinite', values: { step: 3 } },
      } as SeedRun,
    ],
  ])('comes back as it was: %s', (_, run) => {
    expect(parseSeedRun(JSON.parse(JSON.stringify(writtenSeedRun(run))))).toEqual(run);
  });

  it.each([
    ['nothing', null],
    ['something else', { rows: 3 }],
    ['an entry too many', { ...asKept, more: 1 }],
    ['an experiment of a later version', { ...asKept, experiment: { ...asKept.experiment, version: 99 } }],
    ['no experiment', { ...asKept, experiment: { version: 2 } }],
    ['an end that was not reached', { ...asKept, points: asKept.points.slice(0, -1) }],
    ['no points', { ...asKept, points: [] }],
    ['points out of order', { ...asKept, points: [...asKept.points].reverse() }],
    ['a figure that is none', { ...asKept, points: [{ ...asKept.points[0], words: Number.NaN }] }],
    ['figures of an arm that is not there', { ...asKept, seen: { distilled: [1, 2], other: [1, 2] } }],
    ['a map of another ladder', { ...asKept, seen: { distilled: [1], twin: [1] } }],
    ['a step beyond the end', { ...asKept, points: asKept.points.map((p: object) => ({ ...p, step: 501 })) }],
    ['a problem that nobody knows', { ...asKept, problem: { code: 'tooBad' } }],
    ['a state that nobody knows', { ...asKept, state: 'asleep' }],
    ['points without end', { ...asKept, points: Array.from({ length: 2000 }, () => asKept.points[0]) }],
  ])('is not believed where it is %s', (_, found) => {
    expect(parseSeedRun(found)).toBeNull();
  });

  it('keeps its experiment as links and files do', () => {
    expect(asKept.experiment.version).toBeGreaterThan(1);
    expect(parseSeedRun(asKept)?.experiment.training.steps).toBe(presets.tiny.training.steps);
  });
});
