/** Which rows of a task are held out: a fifth, by what they say alone, so that a row never changes sides. */
import { hash32 } from '../data/random';
import { textKey } from '../data/textKey';
import type { LabelledRow } from './rows';

/** One of so many is held out. */
const oneOf = 5;

export interface SplitRows {
  train: LabelledRow[];
  heldOut: LabelledRow[];
}

/**
 * The rows on two sides, each in the order it came in. What stays together is all rows that share a text (`textKey`),
 * be it the first or the second of a pair, and all that share one with those: a connected component. Its first key in
 * the order of UTF-16 units stands for it, and it is held out where 32-bit FNV-1a of that key is divisible by five. (A
 * minimum over hashes would hold large components out more often than small ones.)
 */
export function splitRows(rows: readonly LabelledRow[]): SplitRows {
  const split: SplitRows = { train: [], heldOut: [] };
  const components = componentsOf(rows);
  rows.forEach((row, i) => {
    split[hash32(components[i]) % oneOf === 0 ? 'heldOut' : 'train'].push(row);
  });
  return split;
}

/** For each row the key that stands for its component, [rows]. */
export function componentsOf(rows: readonly LabelledRow[]): string[] {
  const parents = new Map<string, string>();
  /** The first key of the set that `key` is in; ways to it are halved, so that later ones are short. */
  const firstOf = (key: string): string => {
    for (let at = key; ; ) {
      const parent = parents.get(at) ?? at;
      if (parent === at) return at;
      const next = parents.get(parent) ?? parent;
      parents.set(at, next);
      at = next;
    }
  };
  const keys = rows.map(({ a }) => textKey(a));
  rows.forEach(({ b }, i) => {
    if (b === undefined) return;
    const [one, other] = [firstOf(keys[i]), firstOf(textKey(b))];
    if (one < other) parents.set(other, one);
    else parents.set(one, other);
  });
  return keys.map(firstOf);
}
