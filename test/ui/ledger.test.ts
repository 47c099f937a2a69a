import { describe, expect, it } from 'vitest';
import { type ArmLedger, type LedgerPoint, pullIn } from '../../src/config/ledger';
import { noLedger, withGradients } from '../../src/store/ledgerRecord';
import {
  cosineCells,
  costOf,
  leastTogether,
  lineCells,
  linesOf,
  shareCells,
  signed,
} from '../../src/ui/panels/ledger/figures';

/** Two terms whose gradients are as long as `lengths`, at this cosine. */
const two = ([a, b]: [number, number], cosine: number): ArmLedger => ({
  terms: ['ce', 'mlm'],
  parts: ['layer.1'],
  dots: [[a * a, a * b * cosine, b * b]],
});
const alone: ArmLedger = { terms: ['mlm'], parts: ['layer.1'], dots: [[4]] };
const point = (step: number, arm: ArmLedger): LedgerPoint => ({ step, took: 1, arms: { a: arm } });
const record = [point(0, two([1, 3], 0.5)), point(5, alone), point(10, two([2, 2], -0.5))].reduce(
  withGradients,
  noLedger,
);

describe('the course of a part', () => {
  it('has a line for each term, which is only where that has a weight', () => {
    expect(linesOf(record, 'a', 'layer.1', 'share')).toEqual([
      {
        key: 'ce',
        terms: ['ce'],
        points: [
          { step: 0, value: 0.25 },
          { step: 10, value: 0.5 },
        ],
      },
      {
        key: 'mlm',
        terms: ['mlm'],
        points: [
          { step: 0, value: 0.75 },
          { step: 5, value: 1 },
          { step: 10, value: 0.5 },
        ],
      },
    ]);
  });

  it('has a line for each two of them, and none of a part or a student that is not there', () => {
    const [line, ...others] = linesOf(record, 'a', 'all', 'cosine');
    expect(others).toEqual([]);
    expect(line.terms).toEqual(['ce', 'mlm']);
    expect(line.points.map(({ value }) => value)).toEqual([0.5, -0.5]);
    expect(linesOf(record, 'a', 'head', 'share')).toEqual([]);
    expect(linesOf(record, 'b', 'all', 'share')).toEqual([]);
  });
});

it('names the two that go together least', () => {
  const three: ArmLedger = {
    terms: ['ce', 'mlm', 'cos'],
    parts: ['head'],
    dots: [[1, 0.9, -0.2, 1, 0.3, 1]],
  };
  expect(leastTogether(pullIn(three, 'head')!)).toEqual({ terms: ['ce', 'cos'], cosine: -0.2 });
  expect(leastTogether(pullIn(alone, 'all')!)).toBeNull();
});

it('tells what it costs at a pace, where both are known', () => {
  // 100 ms every 10 steps of 0.1 s.
  expect(costOf(100, 10, 0.1)).toBeCloseTo(0.1, 12);
  expect(costOf(100, null, 0.1)).toBeNull();
  expect(costOf(100, 10, null)).toBeNull();
});

it('writes cosines with a minus, and none before a zero', () => {
  expect([0.5, -0.25, -0.004, 0].map(signed)).toEqual(['0.50', '−0.25', '0.00', '0.00']);
});

it('saves what it shows', () => {
  const name = (where: string) => where;
  const ledger = two([1, 3], 0.5);
  const shares = shareCells(ledger, ['part', 'loss', 'norm', 'share', 'sum', 'left'], name);
  expect(shares.map((line) => line.slice(0, 4))).toEqual([
    ['part', 'loss', 'norm', 'share'],
    ['layer.1', 'L ce', 1, 0.25],
    ['layer.1', 'L mlm', 3, 0.75],
    ['all', 'L ce', 1, 0.25],
    ['all', 'L mlm', 3, 0.75],
  ]);
  expect(shares[1][4]).toBeCloseTo(Math.sqrt(13), 12);
  expect(shares[1][5]).toBeCloseTo(Math.sqrt(13) / 4, 12);
  const cosines = cosineCells(ledger, ['part', 'loss', 'with', 'cosine'], name, 'all of them');
  expect(cosines[1]).toEqual(['layer.1', 'L ce', 'L mlm', 0.5]);
  expect(cosines[2]).toEqual(['layer.1', 'L ce', 'all of them', 2.5 / Math.sqrt(13)]);
  expect(lineCells(linesOf(record, 'a', 'all', 'cosine'), ['step', 'losses', 'cosine'])).toEqual([
    ['step', 'losses', 'cosine'],
    [0, 'L ce × L mlm', 0.5],
    [10, 'L ce × L mlm', -0.5],
  ]);
});
