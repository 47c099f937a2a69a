/** The gradient ledger: whether it is kept, and what it holds. It lives as long as the page. */
import type { LedgerPoint, LedgerSetting } from '../config/ledger';
import type { Problem } from '../config/problems';
import { pointsUpTo, withPointOfRun } from './pointsOfRun';

export interface LedgerRecord {
  /** How often it is looked; null: it is closed. */
  setting: LedgerSetting | null;
  /** Of the run that is open, in the order of their steps. */
  points: readonly LedgerPoint[];
  /** Updates between the last two looks in the order of time; null before the second. */
  apart: number | null;
  /** Why it was closed; null where a person did so, or it is open. */
  problem: Problem | null;
}

export const noLedger: LedgerRecord = { setting: null, points: [], apart: null, problem: null };

export function withGradients(record: LedgerRecord, point: LedgerPoint): LedgerRecord {
  const { points, apart } = record;
  const before = points[points.length - 1];
  const since = before && point.step > before.step ? point.step - before.step : apart;
  return { ...record, points: withPointOfRun(points, point), apart: since };
}

/** As a person wants it from now on. */
export const ledgerKept = (record: LedgerRecord, setting: LedgerSetting | null): LedgerRecord => ({
  ...record,
  setting,
  apart: null,
  problem: null,
});

export const ledgerClosed = (record: LedgerRecord, problem: Problem): LedgerRecord => ({
  ...record,
  setting: null,
  problem,
});

/** Without what came after `step` in `stage`. */
export const ledgerUpTo = (record: LedgerRecord, step: number, stage: number): LedgerRecord => ({
  ...record,
  points: pointsUpTo(record.points, step, stage),
});

/** Before anything is known of the next run. */
export const ledgerOfNextRun = ({ setting }: LedgerRecord): LedgerRecord => ({ ...noLedger, setting });
