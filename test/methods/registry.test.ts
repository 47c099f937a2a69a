/** What the list of methods refuses as soon as it is read. */
import { afterEach, expect, it, vi } from 'vitest';
import type { Dial, Method, Term } from '../../src/methods/method';
import { noShares } from '../../src/methods/method';
import { planted } from './planted';

const term: Term = planted.terms.planted;
const dial: Dial = { symbol: 'x', min: 0, max: 1, integer: false, initial: 0, live: true };
const { paper } = planted;
const record = (parts: Partial<Method>): Method => ({ paper, terms: {}, shares: noShares, ...parts });

/** The registry as it is read with one method more. */
async function registryWith(parts: Partial<Method>) {
  vi.resetModules();
  vi.doMock('../../src/methods/all', async (original) => {
    const { methods } = await original<typeof import('../../src/methods/all')>();
    return { methods: { ...methods, planted: record(parts) } };
  });
  return import('../../src/methods/registry');
}

afterEach(() => vi.doUnmock('../../src/methods/all'));

it('takes a method that is whole', async () => {
  expect((await registryWith({ terms: { planted: term } })).termIds).toContain('planted');
});

it.each<[string, Partial<Method>, string]>([
  ['a term that another method has', { terms: { jsd: term } }, 'planted and jsd both name jsd'],
  ['a dial that another method has', { dials: { beta: dial } }, 'planted and jsd both name beta'],
  ['a dial that a control has', { dials: { topCount: dial } }, 'both name topCount'],
  ['a reading by the name of a term', { readings: { mlm: { symbol: 'x', unit: 'nats' } } }, 'both name mlm'],
  [
    'a schedule by the name of a dial',
    { dials: { own: dial }, schedules: { own: { symbol: 'x', charted: false, at: () => 0 } } },
    'planted and planted both name own',
  ],
  ['a term that no link can hold', { terms: { 'a.b': term } }, 'names a.b, which no link can hold'],
  ['a choice that no link can hold', { choices: { 'a b': ['x'] } }, 'names a b, which no link can hold'],
  [
    'a list that no link can hold',
    { lists: { '1x': { ...dial, initial: () => [] } } },
    'names 1x, which no link',
  ],
  [
    'a dial that starts out of its range',
    { dials: { own: { ...dial, initial: 2 } } },
    'planted starts own at 2',
  ],
  ['a term beside it that nobody has', { beside: ['nothing'] }, 'planted is used with nothing'],
])('refuses %s', async (_, parts, message) => {
  await expect(registryWith(parts)).rejects.toThrow(message);
});
