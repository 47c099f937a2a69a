import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../src/config/experiment';
import { presetAt, presets } from '../../src/config/presets';
import type { StepPoint } from '../../src/protocol/messages';
import {
  dwarfing,
  extentOf,
  heldOutPoints,
  hiddenAtFirst,
  lossRows,
  mostPoints,
  presentQuantities,
  sizesAtFirst,
  temperaturesDiffer,
} from '../../src/ui/panels/losses/lossCurves';

const point = (step: number, ce: number, mlm?: number): StepPoint => ({
  step,
  learningRate: 0,
  arms: { a: { total: 5 * ce, terms: { ce, mlm }, gradientNorm: 1 } },
});
const ce = { arm: 'a', quantity: 'ce' } as const;

describe('lossRows', () => {
  it('gives the mean of the last entries, and the raw value beside it', () => {
    const { rows, entriesPerRow } = lossRows([point(1, 4), point(2, 2)], [ce], 2, 1, true);
    expect(entriesPerRow).toBe(1);
    expect(rows).toEqual([
      { from: 1, x: 1, 'a:ce': 4, 'a:ce:raw': 4 },
      { from: 2, x: 2, 'a:ce': 3, 'a:ce:raw': 2 },
    ]);
  });

  it('draws few points of a long run, and says which steps they stand for', () => {
    const steps = Array.from({ length: 1000 }, (_, i) => point(2 * (i + 1), i));
    const { rows, entriesPerRow } = lossRows(steps, [ce], 1, 2, false);
    expect(entriesPerRow).toBe(4);
    expect(rows.length).toBeLessThanOrEqual(mostPoints(1));
    expect(rows[0]).toEqual({ from: 1, x: 8, 'a:ce': 1.5 });
    expect(rows.at(-1)).toMatchObject({ x: 2000 });
  });

  it('leaves a gap where a loss is absent or not finite', () => {
    const { rows } = lossRows([point(1, 1), point(2, Number.NaN), point(3, 2)], [ce], 1, 1, false);
    expect(rows.map((row) => row['a:ce'])).toEqual([1, null, 2]);
  });
});

it('names the terms with a weight, and those that had a value', () => {
  const { distilbert } = presets;
  expect(presentQuantities(distilbert, [])).toEqual(['ce', 'mlm', 'cos', 'total']);
  expect(presentQuantities(presetAt('tinybert')!.experiment, [])).toEqual([
    ...['ce', 'mlm', 'attn', 'embd', 'hidn', 'total'],
  ]);
  expect(presentQuantities(presets.tinybert, [])).toEqual(['attn', 'embd', 'hidn', 'pred', 'total']);
  const alone = { ...distilbert, teacher: { kind: 'none' as const, vocabularySize: 512 } };
  expect(presentQuantities(alone, [])).toEqual(['mlm', 'total']);
  const past = { ...point(1, 1), arms: { distilled: { total: 1, terms: { mse: 1 }, gradientNorm: 1 } } };
  expect(presentQuantities(alone, [past])).toEqual(['mlm', 'mse', 'total']);
});

it('thins held-out points out and keeps the newest', () => {
  const evaluations = Array.from({ length: 101 }, (_, i) => ({
    step: 10 * i,
    extent: 'sample' as const,
    sequences: 1,
    maskedWords: 1,
    teacher: null,
    arms: {
      a: {
        loss: 1,
        accuracy: 0,
        agreement: null,
        klToTeacher: null,
        losses: point(i, i).arms.a,
        attention: null,
      },
    },
  }));
  const points = heldOutPoints(evaluations, ce, 1);
  expect(points.length).toBeLessThanOrEqual(30);
  expect(points.at(-1)).toEqual({ x: 1000, y: 100 });
  // However many curves there are, all markers together are bounded.
  expect(36 * heldOutPoints(evaluations, ce, 36).length).toBeLessThanOrEqual(240);
});

describe('hiddenAtFirst', () => {
  const shown = (experiment: Experiment) => {
    const available = presentQuantities(experiment, []);
    const hidden = hiddenAtFirst(experiment, available);
    return available.filter((quantity) => !hidden.has(quantity));
  };

  it('shows every term of a few arms, and the sum of none', () => {
    expect(shown(presets.distilbert)).toEqual(['ce', 'mlm', 'cos']);
    expect(shown({ ...presets.distilbert, arms: presets.distilbert.arms.slice(0, 1) })).toEqual([
      'ce',
      'mlm',
      'cos',
    ]);
  });

  it('shows one term of many arms: L_mlm where they differ in T, L_ce where they share it', () => {
    expect(shown(presets.temperature)).toEqual(['mlm']);
    expect(shown(presets.ablation)).toEqual(['ce']);
    const without = presets.temperature.arms.map((arm) => ({
      ...arm,
      weights: { ce: 1, cos: 1 },
    }));
    expect(shown({ ...presets.temperature, arms: [...without, ...without.slice(0, 1)] })).toEqual(['ce']);
  });

  it('shows of many arms the loss that most of them have', () => {
    expect(shown(presets.tinybert)).toEqual(['pred']);
    expect(shown(presets.dkd)).toEqual(['mlm']);
  });

  it('hides what would press the others onto the axis', () => {
    const at = (terms: StepPoint['arms'][string]['terms']): StepPoint => ({
      step: 1,
      learningRate: 0,
      arms: { a: { total: 1, terms, gradientNorm: 1 }, b: { total: 1, terms: {}, gradientNorm: 1 } },
    });
    const sizes = sizesAtFirst([at({ mse: 8000, mlm: 5, cos: 0.02 })]);
    expect(sizes).toEqual({ mse: 4, mlm: 1, cos: -2 });
    expect(dwarfing(['mlm', 'cos', 'mse', 'total'], sizes)).toEqual(['mse']);
    // A small one beside nats is only small.
    expect(dwarfing(['mlm', 'cos'], sizes)).toEqual([]);
    expect(dwarfing(['cos', 'mse'], sizes)).toEqual(['mse']);
    expect(dwarfing(['mse'], sizes)).toEqual([]);
    expect(sizesAtFirst([])).toEqual({});
    const { logits } = presets;
    const hidden = hiddenAtFirst({ ...logits, arms: logits.arms.slice(0, 2) }, ['ce', 'mlm', 'mse'], sizes);
    expect([...hidden].sort()).toEqual(['mse', 'total']);
  });

  it('knows where arms learn at different T, which a twin does not', () => {
    expect(temperaturesDiffer(presets.temperature)).toBe(true);
    const [distilled, twin] = presets.distilbert.arms;
    expect(temperaturesDiffer({ arms: [distilled, { ...twin, temperature: 9 }] })).toBe(false);
  });
});

it('starts a linear axis at 0 and leaves out what a logarithmic one can not show', () => {
  const { rows } = lossRows([point(1, 0), point(2, 3)], [ce], 1, 1, false);
  expect(extentOf(rows, ['a:ce'], [{ y: 5 }], 'linear')).toEqual([0, 5]);
  expect(extentOf(rows, ['a:ce'], [], 'log')).toEqual([3, 3]);
  expect(extentOf([], ['a:ce'], [], 'log')).toBeNull();
});
