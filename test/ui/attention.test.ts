import { describe, expect, it } from 'vitest';
import type { Arm } from '../../src/config/experiment';
import { teacherModel } from '../../src/config/modelIds';
import { presetAt, presets } from '../../src/config/presets';
import { cellAt, heatMapGeometry, labelStride, moveCell } from '../../src/ui/charts/heatMapGeometry';
import { distanceRows, markedDistances } from '../../src/ui/panels/attention/distance';
import {
  chosen,
  difference,
  extentOf,
  headMap,
  mapsOf,
  meanSquare,
  newestDistance,
  pullOf,
  strongestKey,
} from '../../src/ui/panels/attention/headMaps';
import { sampleState } from '../support/sampleState';

const attention = {
  blocks: 2,
  heads: 2,
  scores: Float32Array.from({ length: 16 }, (_, i) => i),
  probabilities: Float32Array.from({ length: 16 }, (_, i) => i / 16),
};

describe('headMap', () => {
  it('reads [block, head, query, key]', () => {
    expect([...(headMap(attention, 'scores', 2, 1, 2) ?? [])]).toEqual([8, 9, 10, 11]);
    expect(headMap(attention, 'scores', 3, 1, 2)).toBeNull();
    expect(headMap(attention, 'scores', 1, 3, 2)).toBeNull();
  });

  it('gives the mean squared error, the extent and the strongest key', () => {
    const error = difference(Float32Array.of(1, 2, 0, 5), Float32Array.of(1, 0, 1, 2));
    expect([...error]).toEqual([0, 2, -1, 3]);
    expect(meanSquare(error)).toBe(3.5);
    expect(extentOf([error])).toEqual([-1, 3]);
    expect(strongestKey(error, 1, 2)).toBe(1);
  });
});

describe('chosen', () => {
  const { arms } = presets.distilbert;

  it('stays within what there is', () => {
    expect(chosen(arms, true, { arm: 'gone', block: 9, head: 9 })).toMatchObject({
      arm: { id: 'distilled' },
      block: 2,
      head: 4,
      teacherBlock: 4,
    });
    expect(chosen(arms, false, { arm: 'twin', block: 1, head: 1 })).toMatchObject({ teacherBlock: null });
  });

  it('compares nobody with layers of the teacher that belong to another mapping', () => {
    const [arm, twin] = arms;
    const sources: Arm['taughtBy'][] = [
      { kind: 'arm', id: 'twin' },
      { kind: 'member', index: 2 },
    ];
    for (const taughtBy of sources) {
      const taught: Arm = { ...arm, taughtBy, weights: { attn: 1 }, mapping: [1, 2] };
      const wish = { arm: 'distilled', block: 2, head: 1 };
      expect(chosen([taught, twin], true, wish)).toMatchObject({ block: 2, teacherBlock: null });
      // Its loss pulls to whoever teaches, and is no example of a pull to the teacher.
      expect(pullOf(twin, [taught, twin])).toEqual({ kind: 'none' });
    }
    const all: Arm = { ...arm, taughtBy: { kind: 'ensemble', mean: 'logits' } };
    expect(chosen([all], true, { arm: null, block: 2, head: 1 }).teacherBlock).toBe(4);
  });

  it('pairs no heads of models that have another number of them', () => {
    const { probe, experiment } = sampleState();
    const choice = chosen(experiment.arms, true, { arm: null, block: 2, head: 1 });
    if (!probe) throw new Error('The sample state has a probe.');
    expect(mapsOf(probe, choice, 'scores').difference).not.toBeNull();
    const models = probe.models.map((model) =>
      model.id === teacherModel ? { ...model, attention: { ...model.attention, heads: 8 } } : model,
    );
    const maps = mapsOf({ ...probe, models }, choice, 'scores');
    expect([maps.student === null, maps.teacher, maps.difference]).toEqual([false, null, null]);
  });
});

it('averages heads at every step, once where there are two evaluations of it', () => {
  const { history, latestFull } = sampleState();
  const evaluations = latestFull ? [...history.evaluations, latestFull] : history.evaluations;
  const rows = distanceRows(evaluations, [{ arm: 'twin', block: 2 }], 'probabilities');
  expect(rows.map(({ x }) => x)).toEqual([0, 50, 100, 150, 200, 250, 300]);
  const heads = history.evaluations[6].arms.twin.attention?.probabilities[1] ?? [];
  expect(rows[6]['twin:2']).toBeCloseTo((1000 * (heads[0] + heads[1] + heads[2] + heads[3])) / 4, 9);
});

it('bounds what is drawn however often it was evaluated', () => {
  const [, point] = sampleState().history.evaluations;
  const evaluations = Array.from({ length: 1000 }, (_, step) => ({ ...point, step }));
  const rows = distanceRows(evaluations, [{ arm: 'twin', block: 2 }], 'scores');
  expect(rows.length).toBeLessThanOrEqual(100);
  expect(markedDistances(rows, 'twin:2').length).toBeLessThanOrEqual(16);
  expect(markedDistances(rows, 'twin:2').at(-1)?.x).toBe(999);
});

describe('pullOf', () => {
  it('knows every loss that compares attention, whichever method’s it is', () => {
    const [minilm] = presets.minilm.arms;
    expect(pullOf(minilm, presets.minilm.arms)).toEqual({ kind: 'own', terms: ['attnKl'] });
    const [relations] = presets.minilmv2.arms;
    expect(pullOf(relations, presets.minilmv2.arms)).toEqual({ kind: 'none' });
  });

  it('finds no L_attn in the first preset, and where it is in the one of TinyBERT', () => {
    const { arms } = presets.distilbert;
    expect(pullOf(arms[0], arms)).toEqual({ kind: 'none' });
    const ofTinybert = presetAt('tinybert')!.experiment.arms;
    const [layers, predictions, twin] = ofTinybert;
    expect(pullOf(layers, ofTinybert)).toEqual({ kind: 'own', terms: ['attn'] });
    expect(pullOf(predictions, ofTinybert)).toEqual({ kind: 'other', by: layers });
    // A weight on no mapped layer pulls nothing.
    const idle = { ...layers, mapping: [] };
    expect(pullOf(idle, [idle, twin])).toEqual({ kind: 'none' });
  });
});

it('takes the newest evaluation with a comparison', () => {
  const { history, latestFull } = sampleState();
  expect(newestDistance([...history.evaluations, latestFull], 'twin')?.step).toBe(300);
  expect(newestDistance([null], 'twin')).toBeNull();
});

describe('geometry', () => {
  const geometry = heatMapGeometry(150, 10, 50);

  it('finds the cell under the pointer, and the nearest beside them', () => {
    expect(geometry).toEqual({ gutter: 50, cell: 10, count: 10 });
    expect(cellAt(75, 149, geometry)).toEqual({ row: 9, column: 2 });
    expect(cellAt(3, 500, geometry)).toEqual({ row: 9, column: 0 });
  });

  it('moves with the keys and stays inside', () => {
    expect(moveCell({ row: 0, column: 3 }, 'ArrowUp', 10)).toEqual({ row: 0, column: 3 });
    expect(moveCell({ row: 0, column: 3 }, 'ArrowRight', 10)).toEqual({ row: 0, column: 4 });
    expect(moveCell({ row: 2, column: 3 }, 'End', 10)).toEqual({ row: 2, column: 9 });
    expect(moveCell({ row: 0, column: 3 }, 'Tab', 10)).toBeNull();
  });

  it('labels what has room', () => {
    expect([labelStride(12, 11), labelStride(4, 11)]).toEqual([1, 3]);
  });
});
