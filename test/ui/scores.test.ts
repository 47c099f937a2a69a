import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presets } from '../../src/config/presets';
import type { LatencyCurve } from '../../src/config/scores';
import { textSeen } from '../../src/config/textSeen';
import { randomStream } from '../../src/data/random';
import { ladderSteps, logSums } from '../../src/train/logSums';
import { reliability, wilson } from '../../src/train/reliability';
import { zeroTicks } from '../../src/ui/charts/zeroTicks';
import { believed, dotsOf, groupLines } from '../../src/ui/panels/scores/calibrationFigures';
import {
  byBatch,
  byLength,
  curveLines,
  isFitting,
  lineOf,
  savings,
} from '../../src/ui/panels/scores/curveFigures';
import { partLines, partsOf, sumOf } from '../../src/ui/panels/scores/partFigures';

/** Guesses between two answers: each is as sure as it says, or `bias` surer, and right as often as it should be. */
function guesses(count: number, seed: number, bias = 0) {
  const random = randomStream(seed, 0, 'guesses');
  const places = Array.from({ length: count }, () => {
    const honest = 0.5 + 0.45 * random.next();
    const told = Math.min(0.99, honest + bias);
    const sums = new Float64Array(2 * ladderSteps);
    logSums([0, Math.log((1 - told) / told)], sums);
    const right = random.next() < honest;
    return { sums, gold: right ? 0 : Math.log((1 - told) / told), right };
  });
  return { asItIs: reliability(places, 1), places };
}

describe('whether probabilities can be believed', () => {
  it('of a model that is calibrated perfectly it is doubted in at most 5 of 100 runs', () => {
    const doubted = Array.from({ length: 400 }, (_, seed) => believed(guesses(300, seed))).filter(
      (word) => word !== 'perfect',
    );
    expect(doubted.length).toBeLessThanOrEqual(20);
  });

  it('too sure and too unsure ones are told from it', () => {
    for (const seed of [1, 2, 3]) {
      expect(believed(guesses(1500, seed, 0.12))).toBe('tooSure');
      expect(believed(guesses(1500, seed, -0.12))).toBe('tooUnsure');
    }
  });

  it('margins are Wilson’s, and the file has every group with guesses', () => {
    // statsmodels: proportion_confint(8, 10, method='wilson').
    const [low, high] = wilson(0.8, 10);
    expect(low).toBeCloseTo(0.4902, 3);
    expect(high).toBeCloseTo(0.9433, 3);
    expect(wilson(0, 0)).toEqual([0, 1]);
    const { asItIs } = guesses(500, 5);
    const dots = dotsOf(asItIs, true);
    expect(dots.length).toBe(asItIs.bins.filter(({ count }) => count > 0).length);
    for (const { y, low, high } of dots) {
      expect(low).toBeLessThanOrEqual(y);
      expect(high).toBeGreaterThanOrEqual(y);
    }
    const lines = groupLines('model', { asItIs, atBest: asItIs, temperature: 1.5, atEnd: false });
    expect(lines).toHaveLength(2 * dots.length);
    expect(lines.map(([, T]) => T)).toEqual([...dots.map(() => 1), ...dots.map(() => 1.5)]);
  });
});

describe('parts', () => {
  it('stand in the order of the model, and add up', () => {
    const layer = { attention: 7, feedForward: 11 };
    const parts = { words: 100, places: 5, layers: [layer, layer], head: 3 };
    expect(partsOf(parts).map(({ kind, layer }) => [kind, layer])).toEqual([
      ['words', null],
      ['places', null],
      ['attention', 1],
      ['feedForward', 1],
      ['attention', 2],
      ['feedForward', 2],
      ['head', null],
    ]);
    expect(sumOf(parts, 'attention')).toBe(14);
    const lines = partLines([{ name: 'm', size: { parameters: 144, bytes: 576, parts } }]);
    expect(lines.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(144);
    expect(lines.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(576);
  });
});

describe('how time grows', () => {
  const curve = (fixed: number, slope: number, flops: number): LatencyCurve => ({
    flops,
    points: [32, 1, 4, 2, 16, 8]
      .map((batchSize) => ({ batchSize, length: 32, ms: fixed + slope * batchSize }))
      .concat([{ batchSize: 8, length: 16, ms: fixed + 4 * slope }])
      .map((point) => ({ ...point, middle: [point.ms, point.ms] as [number, number], runs: 21 })),
  });
  const found = { length: 32, batchSize: 8 };

  it('is sorted, and split into what is paid once and for each sentence', () => {
    const own = curve(2, 0.5, 1);
    expect(byBatch(own, found).map(({ batchSize }) => batchSize)).toEqual([1, 2, 4, 8, 16, 32]);
    expect(byLength(own, found).map(({ length }) => length)).toEqual([16, 32]);
    const line = lineOf(byBatch(own, found))!;
    expect(line.fixed).toBeCloseTo(2, 6);
    expect(line.slope).toBeCloseTo(0.5, 6);
    expect(isFitting(line)).toBe(true);
    expect(lineOf(byBatch(own, found).slice(0, 2))).toBeNull();
    expect(curveLines([{ id: 'a', name: 'A' }], { ...found, leftOut: [], models: { a: own } })).toHaveLength(
      7,
    );
  });

  it('says that the fixed part is why, where it is', () => {
    const teacher = curve(2, 1, 100);
    const small = savings(curve(2, 0.5, 50), teacher, found)!;
    expect(small).toMatchObject({ flops: 0.5, fixed: true, batch: 32 });
    expect(small.one).toBeCloseTo(2.5 / 3);
    expect(small.many).toBeCloseTo(18 / 34);
    expect(savings(curve(0.01, 0.5, 50), curve(0.02, 1, 100), found)!.fixed).toBe(false);
  });
});

describe('text seen', () => {
  it('counts the updates of the stage at hand, and whole passes exactly', () => {
    const facts = { trainSequences: 80, trainTokens: 1600 };
    const training = { batchSize: 4, accumulation: 2, steps: 30 };
    expect(textSeen(presets.tiny, 0, 10, training, facts)).toEqual({
      sequences: 80,
      tokens: 1600,
      passes: 1,
    });
    expect(textSeen(presets.tiny, 0, 5, training, facts).tokens).toBe(800);
    expect(textSeen(presets.tiny, 0, 99, training, facts).sequences).toBe(240);
  });
});

describe('ticks from 0', () => {
  it('are round, evenly spaced, few, and reach what is shown', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (most) => {
        const ticks = zeroTicks(most);
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(most * (1 - 1e-6));
        expect(ticks.at(-2)).toBeLessThan(most);
        expect(ticks.length).toBeLessThanOrEqual(7);
        expect(String(Number(ticks[1].toPrecision(6))).replace(/[.0]|e.*$/g, '')).toMatch(/^[125]$/);
      }),
    );
    expect(zeroTicks(1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(zeroTicks(0)).toEqual([0, 1]);
  });
});
