import { describe, expect, it } from 'vitest';
import type { LayerLikeness, LikenessPoint } from '../../src/config/likeness';
import { planOf } from '../../src/config/objective';
import {
  boardGeometry,
  jointOf,
  sourceAt,
  sourceByKey,
  wirePath,
} from '../../src/ui/panels/wiring/boardGeometry';
import {
  faultyLevels,
  goesByWires,
  meansOf,
  newestMap,
  pairCurves,
  referencesOf,
  spread,
  termsOfWires,
} from '../../src/ui/panels/wiring/pairs';

/** Two student levels beside three of the teacher, wired to its second layer. */
const map = (wired: number, other: number, mapping = [2]): LayerLikeness => ({
  mapping,
  cka: [
    [0.9, 0.1, 0.2],
    [0.3, other, wired],
  ],
  cosine: [[0.9, 0.1, 0.2], null],
  through: ['itself', null],
});
const point = (step: number, likeness: LayerLikeness, stage?: number): LikenessPoint => ({
  step,
  ...(stage && { stage }),
  sequences: 2,
  tokens: 30,
  took: 5,
  arms: { a: likeness },
});

describe('the board', () => {
  const wide = boardGeometry(700, 3, 5);

  it('fills its place, and is wider than a narrow one rather than unreadable', () => {
    expect(wide.width).toBeLessThanOrEqual(700);
    const narrow = boardGeometry(300, 3, 9);
    expect(narrow.column).toBe(50);
    expect(narrow.width).toBeGreaterThan(300);
  });

  it('has the first level lowest, and joints where columns end', () => {
    const [low, high] = [jointOf(wide, 3, 0, 0), jointOf(wide, 3, 2, 4)];
    expect(low.y).toBeGreaterThan(high.y);
    expect(high.x).toBeLessThan(wide.width);
    expect(low.y).toBeLessThan(wide.height);
    expect(wirePath(wide, 3, 1, 2)).toContain(`H${jointOf(wide, 3, 1, 2).x - 7}`);
  });

  it('finds the layer whose joint lies nearest, and never the embeddings', () => {
    for (const source of [1, 2, 3, 4]) {
      const { x } = jointOf(wide, 3, 1, source);
      expect(sourceAt(wide, x, 4)).toBe(source);
      expect(sourceAt(wide, x + 0.4 * wide.column, 4)).toBe(source);
    }
    expect(sourceAt(wide, 0, 4)).toBe(1);
    expect(sourceAt(wide, 5000, 4)).toBe(4);
  });

  it('goes by keys within the layers that there are', () => {
    expect(['ArrowLeft', 'ArrowRight', 'Home', 'End', 'a'].map((key) => sourceByKey(key, 2, 4))).toEqual([
      1,
      3,
      1,
      4,
      null,
    ]);
    expect([sourceByKey('ArrowDown', 1, 4), sourceByKey('ArrowUp', 4, 4)]).toEqual([1, 4]);
  });

  it('names the wires that can’t be', () => {
    expect(faultyLevels([1, 3], 4)).toEqual([]);
    expect(faultyLevels([3, 2, 5], 4)).toEqual([2, 3]);
  });
});

describe('who goes by the wires', () => {
  const plan = planOf({ ce: 1, attn: 1, hidn: 1 }, { temperature: 1, mapping: [2] });

  it('are the losses of layer by layer, unless they draw their layers', () => {
    expect(termsOfWires(plan)).toEqual(['attn', 'hidn']);
    expect(termsOfWires({ ...plan, choices: { layers: 'drawn' } })).toEqual([]);
    expect(goesByWires({ ...plan, weights: { ce: 1, mlm: 2 } })).toBe(false);
    expect(goesByWires({ ...plan, weights: { patient: 1 } })).toBe(true);
  });
});

describe('what the map says', () => {
  const record = {
    points: [point(0, map(0.5, 0.4)), point(40, map(0.8, 0.45))],
    earlier: point(90, map(0.7, 0.6, [1])),
  };

  it('is the newest, where it is of such a student', () => {
    expect(newestMap(record, 'a', 2, 3)?.step).toBe(40);
    expect(newestMap(record, 'a', 3, 3)).toBeNull();
    expect(newestMap(record, 'b', 2, 3)).toBeNull();
    expect(newestMap({ points: [], earlier: null }, 'a', 2, 3)).toBeNull();
  });

  it('is compared with the first of the run, and with the last of the run before', () => {
    const { first, earlier } = referencesOf(record, 'a', newestMap(record, 'a', 2, 3)!);
    expect([first?.step, earlier?.step]).toEqual([0, 90]);
    const alone = { points: record.points.slice(0, 1), earlier: null };
    expect(referencesOf(alone, 'a', newestMap(alone, 'a', 2, 3)!)).toEqual({});
    // Of another student under the same name.
    const other = { ...record, earlier: point(90, { ...map(0.7, 0.6), cka: [[1, 0]] }) };
    expect(referencesOf(other, 'a', newestMap(other, 'a', 2, 3)!).earlier).toBeUndefined();
  });

  it('tells the wired pairs from all others, without the embeddings', () => {
    expect(meansOf(map(0.8, 0.45), 'cka', [2])).toEqual({ wired: 0.8, others: 0.45 });
    expect(meansOf(map(0.8, 0.45), 'cosine', [2])).toEqual({ wired: null, others: null });
  });

  it('has a curve for every pair of the stage at hand, the embeddings first', () => {
    const curves = pairCurves(record, 'a', 'cka');
    expect(curves.map(({ level, source }) => [level, source])).toEqual([
      [0, 0],
      [1, 2],
    ]);
    expect(curves[1].points).toEqual([
      { step: 0, value: 0.5 },
      { step: 40, value: 0.8 },
    ]);
    const next = { points: [...record.points, point(40, map(0.1, 0.1), 1)], earlier: null };
    expect(pairCurves(next, 'a', 'cka')[1].points).toEqual([{ step: 40, value: 0.1 }]);
    expect(pairCurves(record, 'a', 'cosine')[1].points).toEqual([]);
  });

  it('keeps numbers at the ends of curves apart and within the plot', () => {
    expect(spread([50, 52, 20], 10, 100)).toEqual([50, 60, 20]);
    const low = spread([99, 98, 97], 10, 100);
    expect([...low].sort((a, b) => a - b)).toEqual([80, 90, 100]);
  });
});
