import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presets } from '../../src/config/presets';
import type { NumberChange } from '../../src/protocol/messages';
import { changeLines, placeLabels } from '../../src/ui/charts/changeLines';
import { thinned } from '../../src/ui/charts/thinned';

const change = (step: number, path: string, before: number, value: number): NumberChange => ({
  step,
  path,
  before,
  value,
});
const { arms: pair } = presets.distilbert;
const { arms: five } = presets.ablation;

describe('changeLines', () => {
  it('is a line for a change, without arms where it is of all that it concerns', () => {
    const changes = [
      change(120, 'arms.0.temperature', 2, 4),
      change(300, 'training.learningRate', 2e-3, 1e-3),
    ];
    // The twin has no softened targets.
    expect(changeLines(changes, pair, 500)).toEqual([
      { from: 120, to: 120, numbers: [{ what: 'temperature', values: [2, 4], arms: null }] },
      { from: 300, to: 300, numbers: [{ what: 'learningRate', values: [2e-3, 1e-3], arms: null }] },
    ]);
  });

  it('takes arms that changed alike at one step together, and names those that are not all', () => {
    const all = five.map((_, i) => change(10, `arms.${i}.temperature`, 2, 4));
    expect(changeLines(all, five, 500)[0].numbers).toEqual([
      { what: 'temperature', values: [2, 4], arms: null },
    ]);
    const some = [...all.slice(0, 1), change(10, 'arms.2.temperature', 2, 8), ...all.slice(3, 4)];
    expect(changeLines(some, five, 500)[0].numbers).toEqual([
      { what: 'temperature', values: [2, 4], arms: ['distilled', 'no-cos'] },
      { what: 'temperature', values: [2, 8], arms: ['no-mlm'] },
    ]);
  });

  it('has a weight concern the arms that have that loss', () => {
    const changes = [0, 2, 3, 4].map((i) => change(10, `arms.${i}.weights.ce`, 5, 2));
    expect(changeLines(changes, five, 500)[0].numbers[0]).toEqual({
      what: { term: 'ce' },
      values: [5, 2],
      arms: null,
    });
    expect(changeLines(changes.slice(1), five, 500)[0].numbers[0].arms).toEqual([
      'no-mlm',
      'no-cos',
      'random-start',
    ]);
  });

  it('makes one line of a slider that is dragged, from its first to its last value', () => {
    const dragged = Array.from({ length: 40 }, (_, i) =>
      change(200 + i, 'arms.0.temperature', 2 + i / 10, 2 + (i + 1) / 10),
    );
    const [line, ...others] = changeLines(dragged, pair, 500);
    expect(others).toEqual([]);
    expect(line).toMatchObject({ from: 200, to: 239, numbers: [{ values: [2, 6] }] });
  });

  it('tells a number that came back by way of where it was', () => {
    const there = [change(50, 'arms.0.temperature', 2, 0.25), change(51, 'arms.0.temperature', 0.25, 2)];
    expect(changeLines(there, pair, 500)[0].numbers[0].values).toEqual([2, 0.25, 2]);
  });

  it('draws what it has no name for', () => {
    const [line] = changeLines([change(9, 'training.weightDecay', 0, 0.1)], pair, 500);
    expect(line.numbers).toEqual([{ what: { other: 'weightDecay' }, values: [0, 0.1], arms: null }]);
  });

  it('draws nothing for what was set before the first update', () => {
    expect(changeLines([change(0, 'arms.0.temperature', 2, 4)], pair, 500)).toEqual([]);
  });

  it('is never more than a few lines, and loses no change', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 20_000 }), { maxLength: 300 });
    fc.assert(
      fc.property(steps, (unordered) => {
        const ordered = [...unordered].sort((a, b) => a - b);
        const lines = changeLines(
          ordered.map((step, i) => change(step, 'arms.0.temperature', i + 1, i + 2)),
          pair,
          20_000,
        );
        expect(lines.length).toBeLessThanOrEqual(8);
        for (const step of ordered) {
          expect(lines.filter(({ from, to }) => from <= step && step <= to)).toHaveLength(1);
        }
        expect(lines.flatMap(({ numbers }) => numbers[0].values.slice(0, 1))[0] ?? 1).toBe(1);
      }),
    );
  });
});

describe('placeLabels', () => {
  it('stands right of its line, one below the other where there is no room, and left of it at the end', () => {
    expect(placeLabels([10, 30, 200, 290], [60, 60, 40, 60], 300, 3)).toEqual([
      { row: 0, left: 13 },
      { row: 1, left: 33 },
      { row: 0, left: 203 },
      { row: 1, left: 240 },
    ]);
  });

  it('never lets two overlap or leave the axis', () => {
    const labels = fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 10, max: 250 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(labels, (given) => {
        const sorted = [...given].sort(([a], [b]) => a - b);
        const widths = sorted.map(([, width]) => width);
        const placed = placeLabels(
          sorted.map(([position]) => position),
          widths,
          400,
          3,
        );
        placed.forEach((label, i) => {
          if (!label) return;
          expect(label.left).toBeGreaterThanOrEqual(0);
          expect(label.left + widths[i]).toBeLessThanOrEqual(400);
          placed.slice(0, i).forEach((other, j) => {
            if (other?.row !== label.row) return;
            const free = other.left + widths[j] <= label.left || label.left + widths[i] <= other.left;
            expect(free).toBe(true);
          });
        });
        // The first always has a place.
        if (placed.length > 0) expect(placed[0]).not.toBeNull();
      }),
    );
  });
});

describe('thinned', () => {
  it('keeps the first and the last, in order, within the bound', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 2, max: 200 }), (count, most) => {
        const items = Array.from({ length: count }, (_, i) => i);
        const kept = thinned(items, most);
        expect(kept.length).toBeLessThanOrEqual(most);
        expect([kept[0], kept.at(-1)]).toEqual([items[0], items.at(-1)]);
        if (count > most) expect(kept.length).toBeGreaterThan(most / 2 - 1);
        expect([...kept].sort((a, b) => a - b)).toEqual(kept);
      }),
    );
  });

  it('moves only its last item while the list grows a little', () => {
    const of = (count: number) =>
      thinned(
        Array.from({ length: count }, (_, i) => i),
        40,
      );
    expect(of(101).slice(0, -1)).toEqual(
      of(100)
        .slice(0, -1)
        .filter((i) => i < 100),
    );
    expect(of(104).slice(0, 20)).toEqual(of(100).slice(0, 20));
  });
});
