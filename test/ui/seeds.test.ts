import { describe, expect, it } from 'vitest';
import { presets } from '../../src/config/presets';
import { bandPaths } from '../../src/ui/charts/chartData';
import { formatDifference, formatMetric } from '../../src/ui/panels/seeds/metricWords';
import { bandsOf, failedSeeds, pairsOf, summaryOfRuns } from '../../src/ui/panels/seeds/summaries';
import { closestLearned, learnedPoints, seenMap } from '../../src/ui/panels/sweep/learned';
import { sampleDone, sampleWaiting } from '../store/sampleSeedRun';

const { tiny, temperature } = presets;
/** Of the preset of temperatures. */
const sweep = (seed: number, kl: [number, number, number, number]) =>
  sampleDone(seed, { t1: kl[0], t2: kl[1], t4: kl[2], t8: kl[3] }, temperature);

describe('a summary over seeds', () => {
  it('compares arms seed by seed: what both share of chance cancels', () => {
    const runs = [1, 2, 3].map((seed) =>
      sampleDone(seed, { distilled: seed, twin: seed + 0.5 + seed / 100 }),
    );
    const summary = summaryOfRuns(runs)!;
    expect(summary.seeds).toEqual([1, 2, 3]);
    expect(summary.compared).toEqual(['accuracy', 'klToTeacher']);
    const [{ arm, against, by }] = pairsOf(summary);
    expect([arm, against]).toEqual(['distilled', 'twin']);
    const kl = by.get('klToTeacher')!;
    expect(kl.verdict).toBe('better');
    expect(kl.difference).toBeCloseTo(-0.52, 10);
    // The means alone, 2 and 2.52 with a deviation of 1, would say nothing.
    expect(summary.arms[0].metrics.klToTeacher!.high!).toBeGreaterThan(
      summary.arms[1].metrics.klToTeacher!.low!,
    );
  });

  it('says nothing of one seed, and of none', () => {
    expect(summaryOfRuns([])).toBeNull();
    const verdicts = summaryOfRuns([sampleDone(1, { distilled: 0.1, twin: 9 })])!.verdicts;
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(["can't tell", "can't tell"]);
  });

  it('compares by the metric of a task, and by no KL where nobody teaches', () => {
    const alone = [1, 2].map((seed) => {
      const run = sampleDone(seed, {});
      const points = run.points.map((point) => ({
        ...point,
        arms: Object.fromEntries(
          Object.entries(point.arms).map(([id, own]) => [
            id,
            { ...own, klToTeacher: null, agreement: null, value: seed / 10 },
          ]),
        ),
      }));
      return { ...run, points, metric: 'matthews' as const };
    });
    const summary = summaryOfRuns(alone)!;
    expect(summary.compared).toEqual(['matthews']);
    expect(summary.arms[0].metrics.matthews?.mean).toBeCloseTo(0.15, 10);
  });

  it('names the seeds that failed', () => {
    const failed = { ...sampleWaiting(4), state: 'failed' as const };
    expect(failedSeeds([sampleDone(1, {}), failed, sampleWaiting(5)])).toEqual([4]);
  });
});

describe('bands', () => {
  it('are means and intervals at the samples that all runs have', () => {
    const [one, two] = [sampleDone(1, { distilled: 1, twin: 3 }), sampleDone(2, { distilled: 2, twin: 3 })];
    const thinner = { ...two, points: two.points.filter(({ step }) => step !== 50) };
    expect(bandsOf(tiny, [one])).toBeNull();
    const { seeds, measures } = bandsOf(tiny, [one, two])!;
    expect(seeds).toBe(2);
    const [, middle] = measures.kl.distilled;
    expect([middle.x, middle.mean]).toEqual([50, 2.5]);
    // Student's t of one degree of freedom: 12.7 standard errors of 0.5.
    expect(middle.high! - middle.mean).toBeCloseTo(6.353, 3);
    // Runs that agree say nothing of what chance does.
    expect(measures.kl.twin[1]).toMatchObject({ mean: 4, low: null, high: null });
    expect(measures.right.distilled[0].mean).toBeCloseTo(50 - 10 * 3.5, 10);
    expect(bandsOf(tiny, [one, thinner])!.measures.kl.twin.map(({ x }) => x)).toEqual([0]);
  });

  it('are drawn around the interval, and broken where stages meet', () => {
    const at = (x: number, stage: number, low: number | null) => ({
      x,
      stage,
      mean: 2,
      low,
      high: low === null ? null : 3,
    });
    const points = [at(0, 0, 1), at(1, 0, 1), at(1, 1, null), at(2, 1, null)];
    const same = (value: number) => value;
    expect(bandPaths({ points }, same, same)).toEqual({
      area: 'M0 3L1 3L1 1L0 1Z',
      line: 'M0 2L1 2M1 2L2 2',
    });
  });
});

describe('what was learned at each T', () => {
  const runs = [sweep(1, [3, 2, 1, 2.9]), sweep(2, [3.1, 2.1, 1.1, 1]), sweep(3, [3.2, 2.21, 1.19, 2])];

  it('is a point for each T, with its seeds, mean and interval', () => {
    const points = learnedPoints(runs, 'klToTeacher');
    expect(points.map((point) => point.temperature)).toEqual([1, 2, 4, 8]);
    expect(points[0].values).toEqual([3, 3.1, 3.2]);
    expect(points[0].mean).toBeCloseTo(3.1, 10);
    expect(learnedPoints(runs, 'agreement')[0]).toMatchObject({ mean: 60, low: null });
    expect(learnedPoints([], 'accuracy')).toEqual([]);
  });

  it('names the closest T, and those that it is better than by the test', () => {
    const { point, beaten, alike } = closestLearned(runs)!;
    expect([point.temperature, beaten, alike]).toEqual([4, [1, 2], [8]]);
    expect(closestLearned(runs.slice(0, 1))).toMatchObject({ beaten: [], alike: [] });
    expect(closestLearned([])).toBeNull();
  });

  it('maps T of training by T of looking, each column for itself', () => {
    expect(seenMap(runs)).toBeNull();
    const looked = runs.slice(0, 2).map((run, i) => ({
      ...run,
      ladder: [1, 16],
      seen: { t1: [3 + i, 0.1], t2: [2, 0.2], t4: [1, 0.3], t8: [2, 0.3] },
    }));
    const map = seenMap([...looked, runs[2]])!;
    expect([map.seen, map.runs]).toEqual([[1, 16], 2]);
    expect(map.rows.map(({ temperature, values }) => [temperature, ...values])).toEqual([
      [1, 3.5, 0.1],
      [2, 2, 0.2],
      [4, 1, 0.3],
      [8, 2, 0.3],
    ]);
    expect(map.rows.map(({ nearest }) => nearest)).toEqual([
      [false, true],
      [false, false],
      [true, false],
      [false, false],
    ]);
    expect(map.rows[0].closeness).toEqual([0, 1]);
  });
});

describe('figures in words', () => {
  it('have the unit of their column, and a sign only where they are not nothing', () => {
    expect(formatMetric('accuracy', 0.2345)).toBe('23.5');
    expect(formatMetric('klToTeacher', 0.2341)).toBe('0.234');
    expect(formatDifference('accuracy', 0.0151)).toBe('+1.5');
    expect(formatDifference('klToTeacher', -0.25)).toBe('−0.250');
    expect(formatDifference('accuracy', -0.0001)).toBe('0.0');
  });
});
