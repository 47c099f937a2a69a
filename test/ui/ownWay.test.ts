import { describe, expect, it } from 'vitest';
import type { Arm } from '../../src/config/experiment';
import { presets } from '../../src/config/presets';
import { changeLines } from '../../src/ui/charts/changeLines';
import { onOwnWay } from '../../src/ui/charts/ownWay';
import { curveId, heldOutPoints, lossRows } from '../../src/ui/panels/losses/lossCurves';

const { tiny } = presets;
const forked: Arm = { ...tiny.arms[0], id: 'fork', fork: { of: 'distilled', step: 6 } };

describe('the curve of a fork', () => {
  const rows = [2, 4, 6, 8].map((x) => ({ x, fork: x, distilled: x }));

  it('begins at the last point that it has in common with the line that it leaves', () => {
    const drawn = (from: number) => onOwnWay(rows, [{ id: 'fork', from }]).map(({ fork }) => fork);
    expect(drawn(6)).toEqual([null, null, 6, 8]);
    expect(drawn(7)).toEqual([null, null, 6, 8]);
    expect(drawn(1)).toEqual([2, 4, 6, 8]);
    // Of a fork that is yet to come there is only where the line stands.
    expect(drawn(20)).toEqual([null, null, null, 8]);
    expect(onOwnWay(rows, [{ id: 'fork', from: 6 }]).map(({ distilled }) => distilled)).toEqual([2, 4, 6, 8]);
  });

  it('lies on the smoothed line where it leaves it', () => {
    const losses = (total: number) => ({ total, terms: {}, gradientNorm: 1 });
    const steps = Array.from({ length: 12 }, (_, i) => {
      const common = 10 - i * i * 0.1;
      const arms = { distilled: losses(common), fork: losses(i < 6 ? common : common + 3) };
      return { step: i + 1, learningRate: 1e-3, arms };
    });
    const key = (arm: string, from?: number) => ({ arm, quantity: 'total' as const, from });
    const keys = [key('distilled'), key('fork', 6)];
    const drawn = lossRows(steps, keys, 4, 1, true).rows;
    const [at, after] = [drawn[5], drawn[8]];
    expect(at[curveId(keys[1])]).toBe(at[curveId(keys[0])]);
    expect(drawn[4][curveId(keys[1])]).toBe(null);
    expect(after[curveId(keys[1])]).toBeGreaterThan(after[curveId(keys[0])]!);
  });

  it('has no marks before', () => {
    const heldOut = { loss: 1, accuracy: 0.1, agreement: null, klToTeacher: null };
    const evaluations = [0, 4, 8].map((step) => ({
      ...{ step, extent: 'sample' as const, sequences: 1, maskedWords: 1, teacher: null },
      arms: { fork: { ...heldOut, losses: { total: step, terms: {}, gradientNorm: null }, attention: null } },
    }));
    const marked = heldOutPoints(evaluations, { arm: 'fork', quantity: 'total', from: 6 }, 2);
    expect(marked).toEqual([{ x: 8, y: 8 }]);
  });

  it('has a line of its own in every chart, beside what was changed by hand', () => {
    const change = { path: 'arms.0.temperature', before: 2, value: 4 };
    const forks = { what: { fork: 'fork', of: 'distilled' }, values: [], arms: ['fork'] };
    const lines = (step: number) => changeLines([{ ...change, step }], [...tiny.arms, forked], 100);
    expect(lines(3).map(({ from, numbers }) => [from, numbers.length])).toEqual([
      [3, 1],
      [6, 1],
    ]);
    expect(lines(6)[0].numbers[1]).toEqual(forks);
    expect(changeLines([], [...tiny.arms, forked], 100)).toEqual([{ from: 6, to: 6, numbers: [forks] }]);
    expect(changeLines([], tiny.arms, 100)).toEqual([]);
  });
});
