import { describe, expect, it } from 'vitest';
import { presets } from '../../src/config/presets';
import type { EvaluationPoint } from '../../src/protocol/messages';
import { closest, mostRight, sweepOf, sweepPoints } from '../../src/ui/panels/losses/sweep';

const { arms } = presets.temperature;
const [twin] = presets.distilbert.arms.slice(1);

/** An evaluation of the preset's students: [KL, share right] in the order of T. */
function evaluation(figures: [number, number][], klError: number, maskedWords = 3500): EvaluationPoint {
  return {
    step: 500,
    extent: 'full',
    sequences: 500,
    maskedWords,
    teacher: null,
    arms: Object.fromEntries(
      arms.map(({ id }, i) => [
        id,
        {
          loss: 3,
          klToTeacher: figures[i][0],
          klError,
          accuracy: figures[i][1],
          agreement: 0.6,
          losses: { total: 1, terms: {}, gradientNorm: null },
          attention: null,
        },
      ]),
    ),
  };
}
const pointsOf = (...given: Parameters<typeof evaluation>) => sweepPoints(arms, evaluation(...given)) ?? [];
const temperatures = (points: { arm: { temperature: number } }[] = []) =>
  points.map(({ arm }) => arm.temperature);

describe('sweepOf', () => {
  it('finds arms that differ in T alone, in its order, with a twin beside them or not', () => {
    expect(temperatures((sweepOf(arms) ?? []).map((arm) => ({ arm })))).toEqual([1, 2, 4, 8]);
    expect(sweepOf([arms[2], twin, arms[0]])?.map(({ temperature }) => temperature)).toEqual([1, 4]);
  });

  it('finds none elsewhere', () => {
    for (const name of ['distilbert', 'tiny', 'ablation', 'tinybert', 'shuffled'] as const) {
      expect(sweepOf(presets[name].arms), name).toBeNull();
    }
    const otherStart = { ...arms[1], initialisation: { kind: 'random' as const } };
    expect(sweepOf([arms[0], otherStart])).toBeNull();
    expect(sweepOf([arms[0], { ...arms[0], id: 'again' }])).toBeNull();
  });
});

describe('the best T', () => {
  // As measured on the stories after 500 steps, in kind.
  const figures: [number, number][] = [
    [0.63, 0.345],
    [0.54, 0.343],
    [0.53, 0.34],
    [0.57, 0.331],
  ];

  it('is named with those that it can not be told apart from', () => {
    const near = closest(pointsOf(figures, 0.009), 3500);
    expect(near?.best.arm.temperature).toBe(4);
    expect(temperatures(near?.alike)).toEqual([2]);
    const right = mostRight(pointsOf(figures, 0.009), 3500);
    expect(right?.best.arm.temperature).toBe(1);
    expect(temperatures(right?.alike)).toEqual([2, 4, 8]);
  });

  it('stands alone where the others are far enough', () => {
    const near = closest(pointsOf(figures, 0.001), 3500);
    expect([near?.best.arm.temperature, temperatures(near?.alike)]).toEqual([4, []]);
  });

  it('is not named from a few words, from a missing arm or without a teacher', () => {
    expect(closest(pointsOf(figures, 0.009, 60), 60)).toBeNull();
    expect(mostRight(pointsOf(figures, 0.009, 60), 60)).toBeNull();
    const { t2: _, ...some } = evaluation(figures, 0.009).arms;
    expect(sweepPoints(arms, { ...evaluation(figures, 0.009), arms: some })).toBeNull();
    const alone = pointsOf(figures, 0.009).map(({ arm, quality }) => ({
      arm,
      quality: { ...quality, klToTeacher: null },
    }));
    expect(closest(alone, 3500)).toBeNull();
  });
});
