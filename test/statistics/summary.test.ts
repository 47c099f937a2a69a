import { describe, expect, it } from 'vitest';
import { type ArmFigures, summaryOf } from '../../src/statistics/summary';

const run = (
  ...figures: [name: string, accuracy: number | null, klToTeacher: number | null][]
): ArmFigures[] =>
  figures.map(([name, accuracy, klToTeacher]) => ({ name, figures: { accuracy, klToTeacher } }));

describe('summaryOf', () => {
  it('pairs by seed, each arm against those after it', () => {
    // Seeds lie far apart, and the arms of one seed close together: only the pairing shows the difference.
    const { arms, verdicts } = summaryOf([
      run(['distilled', 0.3, 1.2], ['shuffled', 0.2, 2], ['twin', 0.28, 1.1]),
      run(['distilled', 0.5, 0.7], ['shuffled', 0.4, 3], ['twin', 0.47, 0.61]),
      run(['distilled', 0.4, 1.01], ['shuffled', 0.31, 1], ['twin', 0.38, 0.9]),
    ]);
    expect(arms.map(({ name }) => name)).toEqual(['distilled', 'shuffled', 'twin']);
    expect(arms[0].metrics.accuracy).toEqual({
      mean: expect.closeTo(0.4, 12),
      // Deviation 0.1, error 0.1 / √3, 4.302653 of them.
      low: expect.closeTo(0.4 - 0.2484139, 6),
      high: expect.closeTo(0.4 + 0.2484139, 6),
      n: 3,
    });
    expect(verdicts.map(({ arm, against, metric, verdict }) => [arm, against, metric, verdict])).toEqual([
      ['distilled', 'shuffled', 'accuracy', 'better'],
      ['distilled', 'shuffled', 'klToTeacher', "can't tell"],
      ['distilled', 'twin', 'accuracy', "can't tell"],
      ['distilled', 'twin', 'klToTeacher', 'worse'],
      ['shuffled', 'twin', 'accuracy', 'worse'],
      ['shuffled', 'twin', 'klToTeacher', "can't tell"],
    ]);
    expect(verdicts[0]).toMatchObject({ difference: expect.closeTo(0.29 / 3, 12), n: 3 });
    expect(verdicts[3].difference).toBeCloseTo(0.1, 12);
  });

  it('tells nothing from one seed', () => {
    const { arms, verdicts } = summaryOf([run(['distilled', 0.9, 0.1], ['twin', 0.1, 5])]);
    expect(arms[0].metrics.klToTeacher).toEqual({ mean: 0.1, low: null, high: null, n: 1 });
    expect(verdicts).toEqual([
      {
        arm: 'distilled',
        against: 'twin',
        metric: 'accuracy',
        verdict: "can't tell",
        difference: 0.8,
        low: null,
        high: null,
        n: 1,
      },
      {
        arm: 'distilled',
        against: 'twin',
        metric: 'klToTeacher',
        verdict: "can't tell",
        difference: -4.9,
        low: null,
        high: null,
        n: 1,
      },
    ]);
  });

  it('keeps a figure that is missing out of the verdict, not out of the mean', () => {
    const { arms, verdicts } = summaryOf([
      run(['a', 0.2, null], ['b', 0.1, null]),
      run(['a', 0.31, null], ['b', 0.2, null]),
    ]);
    expect(arms[0].metrics.klToTeacher).toEqual({ mean: null, low: null, high: null, n: 2 });
    expect(verdicts[1]).toMatchObject({ metric: 'klToTeacher', verdict: "can't tell", difference: null });
  });

  it('is empty for a single arm and for no run', () => {
    expect(summaryOf([])).toEqual({ arms: [], verdicts: [] });
    expect(summaryOf([run(['alone', 0.2, 1]), run(['alone', 0.3, 1.1])]).verdicts).toEqual([]);
  });
});
