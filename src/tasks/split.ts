/** Which rows of a task are held out: a fifth, by what they say alone, so that a row never changes sides. */
import { hash32 } from '../data/random';
import { textKey } from '../data/textKey';
import { finish, type Slices, sliceLength } from '../data/work';
import { type LabelledData, type LabelledRow, labelCounts } from './rows';

/** One of so many is held out. */
const oneOf = 5;
/** Held-out rows at least: two, and a tenth of them. */
const leastHeldOut = { rows: 2, share: 0.1 };

export interface SplitRows {
  train: LabelledRow[];
  heldOut: LabelledRow[];
}

/** All of `splittingRows` at once. */
export const splitRows = (rows: readonly LabelledRow[], labels: number): SplitRows =>
  finish(splittingRows(rows, labels));

/**
 * The same task without its held-out rows: a fifth of the training rows takes their place, by another hash. Settings are
 * chosen on it, so that the figures of the held-out rows are those of rows that nobody has looked at.
 */
export const validationOf = ({ labels, train }: LabelledData): LabelledData => ({
  labels,
  ...finish(splittingRows(train, labels.length, 'validation ')),
});

/**
 * The rows on two sides, each in the order it came in. What stays together is all rows that share a text (`textKey`),
 * be it the first or the second of a pair, and all that share one with those: a connected component. Its first key in
 * the order of UTF-16 units stands for it, and it is held out where 32-bit FNV-1a of that key is divisible by five. (A
 * minimum over hashes would hold large components out more often than small ones.)
 *
 * In a small task chance may leave a label without a training row, or next to nothing held out: then components change
 * sides, those with the largest hashes first, until there is enough of both or nothing can be moved.
 * @param salt hashed before each key: another one, another split
 */
export function* splittingRows(rows: readonly LabelledRow[], labels: number, salt = ''): Slices<SplitRows> {
  const keys = yield* findingComponents(rows);
  const components = new Map<string, Component>();
  rows.forEach((row, i) => {
    const key = keys[i];
    const component = components.get(key) ?? { key, hash: hash32(salt + key), rows: [] };
    component.rows.push(row);
    components.set(key, component);
  });
  const heldOut = withEnough([...components.values()], rows, labels);
  const split: SplitRows = { train: [], heldOut: [] };
  rows.forEach((row, i) => {
    split[heldOut.has(keys[i]) ? 'heldOut' : 'train'].push(row);
  });
  return split;
}

interface Component {
  key: string;
  hash: number;
  rows: LabelledRow[];
}

/** Keys of the components that are held out. */
function withEnough(components: Component[], rows: readonly LabelledRow[], labels: number): Set<string> {
  const heldOut = new Set(components.filter(({ hash }) => hash % oneOf === 0).map(({ key }) => key));
  const total = labelCounts(rows, labels);
  const inTraining = labelCounts(
    components.filter(({ key }) => !heldOut.has(key)).flatMap((component) => component.rows),
    labels,
  );
  let held = rows.length - inTraining.reduce((sum, count) => sum + count, 0);
  const least = Math.max(leastHeldOut.rows, Math.floor(leastHeldOut.share * rows.length));
  if (held >= least && inTraining.every((count, label) => count > 0 || total[label] === 0)) return heldOut;

  const largestFirst = [...components].sort((a, b) => b.hash - a.hash || (a.key < b.key ? -1 : 1));
  for (const component of largestFirst) {
    const isNeeded = component.rows.some(({ label }) => inTraining[label] === 0);
    if (!heldOut.has(component.key) || !isNeeded) continue;
    heldOut.delete(component.key);
    for (const { label } of component.rows) inTraining[label] += 1;
    held -= component.rows.length;
  }
  for (const component of largestFirst) {
    if (held >= least) break;
    const counts = labelCounts(component.rows, labels);
    const isSpare = counts.every((count, label) => count === 0 || count < inTraining[label]);
    if (heldOut.has(component.key) || !isSpare || held + component.rows.length > rows.length / 2) continue;
    heldOut.add(component.key);
    counts.forEach((count, label) => {
      inTraining[label] -= count;
    });
    held += component.rows.length;
  }
  return heldOut;
}

/** For each row the key that stands for its component, [rows]. */
export function* findingComponents(rows: readonly LabelledRow[]): Slices<string[]> {
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
  const keys: string[] = [];
  let read = 0;
  for (const { a, b } of rows) {
    const key = textKey(a);
    keys.push(key);
    read += a.length;
    if (b !== undefined) {
      const [one, other] = [firstOf(key), firstOf(textKey(b))];
      if (one < other) parents.set(other, one);
      else if (other < one) parents.set(one, other);
      read += b.length;
    }
    if (read < sliceLength) continue;
    read = 0;
    yield keys.length / rows.length;
  }
  return keys.map(firstOf);
}
