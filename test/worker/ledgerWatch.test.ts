import { beforeEach, expect, it } from 'vitest';
import type { LedgerPoint } from '../../src/config/ledger';
import { type Problem, ProblemError } from '../../src/config/problems';
import type { Emit } from '../../src/protocol/port';
import { LedgerWatch } from '../../src/worker/ledgerWatch';

let time: number;
let told: LedgerPoint[];
let closed: Problem[];
let watch: LedgerWatch;

const pause = async () => {};
/** A look takes 50 ms; `found` null: a number was moved on the way. */
const courseAt = (step: number, stage = 0, found: LedgerPoint['arms'] | null = {}) => ({
  step,
  stage,
  termGradients: async (between: () => Promise<void>) => {
    time += 50;
    await between();
    return found;
  },
});

beforeEach(() => {
  time = 0;
  told = [];
  closed = [];
  const emit = (name: string, payload: { point: LedgerPoint } & { problem: Problem }) =>
    name === 'ledgerClosed' ? closed.push(payload.problem) : told.push(payload.point);
  watch = new LedgerWatch(emit as unknown as Emit, () => time);
});

it('is off until somebody keeps it, and after somebody closed it', async () => {
  expect([watch.isKept, watch.isDue(0)]).toEqual([false, false]);
  await watch.tell(courseAt(0), pause);
  watch.keep({ every: 5, share: 0.1 });
  watch.keep(null);
  await watch.tell(courseAt(0), pause);
  expect(told).toEqual([]);
});

it('looks after every so many updates, and leaves some out where they would take too much of the time', async () => {
  watch.keep({ every: 5, share: 0.1 });
  expect([0, 1, 4, 5, 10].filter((step) => watch.isDue(step))).toEqual([0, 5, 10]);
  await watch.tell(courseAt(5), pause);
  expect(told).toEqual([{ step: 5, took: 50, arms: {} }]);
  // A tenth of the time: nine times as long without.
  time += 449;
  expect(watch.isDue(10)).toBe(false);
  expect(watch.isOfInterest(10)).toBe(true);
  time += 1;
  expect(watch.isDue(10)).toBe(true);
  // Asked anew, it looks at once.
  await watch.tell(courseAt(10, 1), pause);
  expect(told[1]).toMatchObject({ step: 10, stage: 1 });
  watch.keep({ every: 5, share: 0.1 });
  expect(watch.isDue(15)).toBe(true);
});

it('tells nothing of an update whose numbers moved, and goes on', async () => {
  watch.keep({ every: 1, share: 1 });
  await watch.tell(courseAt(3, 0, null), pause);
  expect(told).toEqual([]);
  await watch.tell(courseAt(4), pause);
  expect(told).toHaveLength(1);
});

it('closes in words where gradients do not fit, and leaves every other fault to the run', async () => {
  watch.keep({ every: 1, share: 1 });
  const failing = (error: Error) => ({ ...courseAt(1), termGradients: () => Promise.reject(error) });
  await expect(watch.tell(failing(new ProblemError('interrupted')), pause)).rejects.toThrow('interrupted');
  expect(watch.isKept).toBe(true);
  const large = new ProblemError('ledgerTooLarge', { arm: 'a', bytes: 2, most: 1 });
  await watch.tell(failing(large), pause);
  expect(closed).toEqual([large.problem]);
  expect(watch.isKept).toBe(false);
});
