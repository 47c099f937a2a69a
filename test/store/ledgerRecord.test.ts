import { expect, it } from 'vitest';
import type { LedgerPoint } from '../../src/config/ledger';
import {
  ledgerClosed,
  ledgerKept,
  ledgerOfNextRun,
  ledgerUpTo,
  noLedger,
  withGradients,
} from '../../src/store/ledgerRecord';

const point = (step: number, took = 1): LedgerPoint => ({ step, took, arms: {} });
const setting = { every: 25, share: 0.1 };
const of = (...points: LedgerPoint[]) => points.reduce(withGradients, ledgerKept(noLedger, setting));

it('knows how far two looks are apart, and takes a second look at a step for the first', () => {
  expect(of(point(0)).apart).toBeNull();
  const record = of(point(0), point(25), point(75), point(75, 2));
  expect(record.apart).toBe(50);
  expect(record.points.map(({ step, took }) => [step, took])).toEqual([
    [0, 1],
    [25, 1],
    [75, 2],
  ]);
});

it('forgets what came after a step, and all of it with the run, but not that it is kept', () => {
  const record = of(point(0), point(25), point(50));
  expect(ledgerUpTo(record, 30, 0).points.map(({ step }) => step)).toEqual([0, 25]);
  expect(ledgerUpTo(of(point(0), { ...point(25), stage: 1 }), 25, 0).points).toHaveLength(1);
  expect(ledgerOfNextRun(record)).toEqual({ ...noLedger, setting });
});

it('says why it was closed until somebody opens it again', () => {
  const closed = ledgerClosed(of(point(0)), { code: 'ledgerTooLarge' });
  expect(closed).toMatchObject({ setting: null, problem: { code: 'ledgerTooLarge' } });
  expect(closed.points).toHaveLength(1);
  expect(ledgerKept(closed, setting)).toMatchObject({ setting, problem: null });
});
