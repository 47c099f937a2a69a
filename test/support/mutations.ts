/** Seeded changes of a JSON value, for what strangers' files may hold. */
import fc from 'fast-check';

/** `FUZZ_RUNS=10000` looks further than a test run has time for. */
export const runs = Number(process.env.FUZZ_RUNS ?? 500);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const odd = fc.constantFrom<unknown>(
  ...[
    null,
    undefined,
    true,
    false,
    0,
    -1,
    1,
    0.5,
    1e9,
    1e308,
    Number.NaN,
    '',
    'constructor',
    '__proto__',
    '[UNK]',
  ],
  ...[
    [],
    {},
    [[]],
    [null],
    { type: 'Sequence' },
    { type: 'NFC' },
    'a'.repeat(5000),
    Array(2000).fill(0),
    '\ud800',
    '(a+)+$',
  ],
);

/** Copies of a value in which one to five of its entries are set, removed, doubled or renamed. */
export const mutated = (original: object): fc.Arbitrary<unknown> =>
  fc
    .array(fc.record({ place: fc.nat(), way: fc.nat(3), value: odd, depth: fc.nat(5) }), {
      minLength: 1,
      maxLength: 5,
    })
    .map((changes) => {
      const copy = structuredClone(original) as Json;
      for (const { place, way, value, depth } of changes) {
        change(copy, place, way, structuredClone(value), depth);
      }
      return copy;
    });

function change(root: Json, place: number, way: number, value: unknown, depth: number) {
  let parent = root as Record<string, unknown>;
  for (let level = 0; level < depth; level++) {
    const children = Object.values(parent).filter((child) => typeof child === 'object' && child !== null);
    if (children.length === 0) break;
    parent = children[(place >> level) % children.length] as Record<string, unknown>;
  }
  const keys = Object.keys(parent);
  const key = keys[place % Math.max(1, keys.length)] ?? 'added';
  if (way === 0) delete parent[key];
  else if (way === 1) parent[`${key}x`] = parent[key];
  else if (way === 2 && Array.isArray(parent)) parent.push(value);
  else parent[key] = value;
}
