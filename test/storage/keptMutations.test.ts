import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTerm } from '../../src/methods/registry';
import { parseReached, parseRecord, parseStates } from '../../src/storage/keptSchema';
import type { KeptRun } from '../../src/storage/runs';
import { problemFrom, stored, storedStates } from './asStored';
import { sampleRun } from './sampleRun';

/** Values that edited records hold. */
const odd = fc.constantFrom<unknown>(
  ...[null, undefined, {}, [], '', 'abc', '__proto__', true, 0, -0, -1, 2.5, 1e15, 1e308, NaN, Infinity],
  ...[new Float32Array(2), new Date(0), new Map(), 10n, 'x'.repeat(1_000_000), new Array(200_000).fill(0)],
);

/** Places in a value that can be written to, as chains of keys. */
function placesIn(value: unknown, at: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  return Object.keys(value).flatMap((key) => [
    [...at, key],
    ...placesIn((value as Record<string, unknown>)[key], [...at, key]),
  ]);
}

function editAt(root: object, place: string[], edit: (parent: Record<string, unknown>, key: string) => void) {
  let parent = root as Record<string, unknown>;
  for (const key of place.slice(0, -1)) {
    if (typeof parent !== 'object' || parent === null) return;
    parent = parent[key] as Record<string, unknown>;
  }
  if (typeof parent === 'object' && parent !== null) edit(parent, place[place.length - 1]);
}

describe('edited at random', () => {
  const whole = () => {
    const run = sampleRun();
    return { record: stored(run), states: Object.fromEntries(storedStates(run)), reached: run.reached };
  };
  const places = placesIn(whole());
  const mutation = fc.record({
    place: fc.constantFrom(...places),
    kind: fc.constantFrom('set', 'delete', 'add', 'double'),
    value: odd,
  });

  it('a run is refused by name or is a run, and soon', () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        const kept = whole();
        for (const { place, kind, value } of mutations) {
          editAt(kept, place, (parent, key) => {
            if (kind === 'set') parent[key] = value;
            else if (kind === 'delete') delete parent[key];
            else if (kind === 'add') Object.defineProperty(parent, `${key}x`, { value, enumerable: true });
            else if (Array.isArray(parent)) parent.push(parent[Number(key)]);
          });
        }
        const start = performance.now();
        let run: KeptRun | null = null;
        const problem = problemFrom(() => {
          const record = parseRecord('tab-1', kept.record);
          const arms = parseStates(record, new Map(Object.entries(kept.states ?? {})));
          run = { record, arms, reached: parseReached(record, kept.reached) };
        });
        expect(performance.now() - start).toBeLessThan(2000);
        if (problem) expect(['keptBroken', 'keptNewer']).toContain(problem.code);
        else expectPossible(run!);
      }),
      { numRuns: 500, seed: 20_251_130 },
    );
  });
});

/** What everyone relies on who draws a run or goes on with it, looked at without the schema. */
function expectPossible({ record, arms, reached }: KeptRun) {
  const { experiment, step, history } = record;
  const ids = experiment.arms.map(({ id }) => id);
  expect(Number.isSafeInteger(step) && step >= 0 && step <= experiment.training.steps).toBe(true);
  expect(typeof record.sentence).toBe('string');
  const numbers = (value: unknown): unknown[] =>
    typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbers) : [value];
  const plain = (value: unknown) =>
    value === null || (typeof value === 'number' ? Number.isFinite(value) : typeof value === 'string');
  expect(numbers(history).every((value) => plain(value) || value === undefined)).toBe(true);
  for (const point of [...history.steps, ...history.pending, ...history.evaluations]) {
    expect(point.step).toBeLessThanOrEqual(step);
    expect(Object.keys(point.arms).sort()).toEqual([...ids].sort());
  }
  for (const point of history.steps) {
    for (const id of ids) {
      expect(Object.keys(point.arms[id].terms).every(isTerm)).toBe(true);
    }
  }
  expect(step === 0 || Object.keys(arms).length === ids.length).toBe(true);
  for (const state of Object.values(arms)) {
    const names = Object.keys(state.parameters).sort();
    for (const tensors of [state.moments.first, state.moments.second]) {
      expect(Object.keys(tensors).sort()).toEqual(names);
      for (const name of names) expect(tensors[name].length).toBe(state.parameters[name].length);
    }
    for (const tensors of [state.parameters, state.moments.first, state.moments.second]) {
      for (const values of Object.values(tensors)) expect(values.every(Number.isFinite)).toBe(true);
    }
  }
  if (reached) expect(reached.step).toBeGreaterThanOrEqual(step);
}
