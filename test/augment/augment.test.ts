import { describe, expect, it } from 'vitest';
import { augment, exchangesOf, type TextRow, triesFor } from '../../src/augment/augment';
import { mostTries, tinybertAugmentation as settings } from '../../src/config/augmentation';
import { textKey } from '../../src/data/textKey';
import { fakeTeacher } from './fakeTools';

const guess = (sentence: string) =>
  sentence.includes('[MASK] sees') ? ['cat', 'hen', 'tom', 'dog'] : ['tea', 'milk', 'water', 'red', 'today'];
const { tools } = fakeTeacher(guess);
const run = (train: TextRow[], heldOut: TextRow[] = [], changes = {}) =>
  augment({ train, heldOut }, tools, { ...settings, ...changes }, { seed: 1 });

const singles: TextRow[] = [{ a: 'The dog sees milk.' }, { a: 'Anna likes the teapot today.' }];

describe('augmentation of rows', () => {
  it('gives variants of each row, in the order of the rows, with the row that they come from', async () => {
    const { rows, counts } = await run(singles);
    expect(rows.map(({ row }) => row)).toEqual(rows.map(({ row }) => row).sort((a, b) => a - b));
    for (const variant of rows) {
      expect(variant.b).toBeUndefined();
      expect(variant.exchanges.b).toEqual([]);
      expect(variant.exchanges.a.length).toBeGreaterThan(0);
    }
    expect(new Set(rows.map(({ row }) => row))).toEqual(new Set([0, 1]));
    expect(counts).toMatchObject({ tries: 40, passes: 6, heldOut: 0, heldOutRows: 0, elsewhere: 0 });
    expect(counts.repeated).toBe(40 - rows.length);
    const exchanges = rows.flatMap(exchangesOf);
    for (const source of ['teacher', 'vectors'] as const) {
      expect(counts.exchanges[source]).toBe(exchanges.filter((one) => one.source === source).length);
      expect(counts.exchanges[source]).toBeGreaterThan(0);
    }
  });

  it('leaves stop words, signs and everything else as it was', async () => {
    const { rows } = await run(singles);
    for (const { row, a } of rows) {
      expect(a).toMatch(row === 0 ? /^The \w+ \w+ \w+\.$/ : /^[A-Z]\w+ \w+ the \w+ \w+\.$/);
    }
  });

  it('gives a row the same variants whatever the others are', async () => {
    const both = await run(singles);
    const first = await run([singles[0]]);
    expect(first.rows).toEqual(both.rows.filter(({ row }) => row === 0));
    const other = await augment({ train: singles, heldOut: [] }, tools, settings, { seed: 2 });
    expect(other.rows).not.toEqual(both.rows);
    expect(await run(singles)).toEqual(both);
  });

  it('never gives a held-out text, in whatever case and signs it is written there', async () => {
    const before = await run(singles);
    const secret = before.rows.filter((_, i) => i % 3 === 0).map(({ a }) => a);
    const written = secret.map((a) => ({ a: `  ${a.toUpperCase().replace('.', ' !')}` }));
    const { rows, counts } = await run(singles, written);
    const keys = new Set(secret.map(textKey));
    expect(secret.length).toBeGreaterThan(5);
    expect(rows.filter(({ a }) => keys.has(textKey(a)))).toEqual([]);
    expect(counts.heldOut).toBe(secret.length);
    expect(rows).toEqual(before.rows.filter((_, i) => i % 3 !== 0));
  });

  it('does not vary a training row that has a held-out text', async () => {
    const { rows, counts } = await run(singles, [{ a: 'the dog sees MILK' }]);
    expect(counts.heldOutRows).toBe(1);
    expect(rows.every(({ row }) => row === 1)).toBe(true);
  });

  it('gives no variant that is another training row, or another row’s variant', async () => {
    const { rows: all } = await run([singles[0]]);
    const { rows, counts } = await run([singles[0], { a: all[0].a }, { a: 'The cat sees milk!' }]);
    const keys = [singles[0].a, all[0].a, 'The cat sees milk!', ...rows.map(({ a }) => a)].map(textKey);
    // The second training row may be the third.
    expect(new Set(keys.slice(1)).size).toBeGreaterThanOrEqual(keys.length - 2);
    expect(new Set(rows.map(({ a }) => textKey(a))).size).toBe(rows.length);
    expect(counts.elsewhere).toBeGreaterThan(0);
    expect(counts.tries).toBe(rows.length + counts.repeated + counts.elsewhere);
  });
});

describe('augmentation of pairs', () => {
  const pair = { a: 'The dog sees milk.', b: 'Tom likes the cat.' };

  it('varies the first beside the second, then the second beside the last variant of the first', async () => {
    const { rows, counts } = await run([pair]);
    expect(counts.tries).toBe(40);
    const first = rows.filter(({ exchanges }) => exchanges.b.length === 0);
    const second = rows.slice(first.length);
    expect(first.every(({ b }) => b === pair.b)).toBe(true);
    expect(first.length).toBeGreaterThan(3);
    expect(second.length).toBeGreaterThan(3);
    for (const { a, b, exchanges } of second) {
      expect(a).toBe(first.at(-1)!.a);
      expect(exchanges.a).toEqual(first.at(-1)!.exchanges.a);
      expect(b).not.toBe(pair.b);
    }
  });

  it('or beside the first as it was', async () => {
    const { rows } = await run([pair], [], { beside: 'original' });
    for (const { a, b, exchanges } of rows) {
      expect([a === pair.a, b === pair.b].filter(Boolean)).toHaveLength(1);
      expect(exchanges.a.length === 0 || exchanges.b.length === 0).toBe(true);
    }
  });

  it('drops a pair of which either text is held out', async () => {
    const before = await run([pair]);
    const { a } = before.rows[0];
    const b = before.rows.at(-1)!.b!;
    const { rows, counts } = await run(
      [pair],
      [
        { a: b, b: 'Elsewhere.' },
        { a: 'Somewhere.', b: a },
      ],
    );
    expect(rows.some((row) => row.a === a || row.b === b)).toBe(false);
    expect(counts.heldOut).toBe(before.rows.filter((row) => row.a === a || row.b === b).length);
  });
});

describe('augmentation of many rows', () => {
  const many = Array.from({ length: 300 }, (_, i) => ({ a: `The dog sees ${i} milk.` }));

  it('tells how far it is, and can be called off', async () => {
    const told: number[] = [];
    const options = { seed: 1, onProgress: (share: number) => void told.push(share) };
    await augment({ train: many.slice(0, 140), heldOut: [] }, tools, settings, options);
    expect(told.length).toBeGreaterThan(3);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(1);

    const stop = new AbortController();
    const stopped = augment({ train: many, heldOut: [] }, tools, settings, {
      seed: 1,
      signal: stop.signal,
      onProgress: (share) => {
        if (share > 0.2) stop.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ problem: { code: 'cancelled' } });
  });

  it('tries less often where the variants would take too much memory', () => {
    const rows = new Array<TextRow>(100_000).fill({ a: 'x', b: 'y' });
    expect(triesFor(rows, settings)).toBe(Math.floor(mostTries / 200_000));
    expect(triesFor(rows.slice(0, 10), settings)).toBe(20);
  });

  it('comes to nothing where there is nothing', async () => {
    expect((await run([])).rows).toEqual([]);
    expect((await run([{ a: '' }, { a: '… 7 the' }])).rows).toEqual([]);
  });
});
