/** Plain data as flat, readable paths: `{ training: { steps: 5 } }` is `training.steps` -> 5. */

/** What a path leads to: a value, or a list of numbers. */
export type Leaf = string | number | boolean | number[];

export type Branch = { [key: string]: Node };
export type Node = Leaf | Branch | Branch[];

/** True for what has paths below it. */
export const isBranch = (node: unknown): node is Branch | Branch[] =>
  typeof node === 'object' &&
  node !== null &&
  !(Array.isArray(node) && node.every((item) => typeof item === 'number'));

/** Every leaf by its path. Lists of objects are numbered from 0; a list of numbers is one leaf; what is undefined isn't there. */
export function flatten(root: Branch | Branch[], prefix = ''): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  for (const [key, node] of Object.entries(root)) {
    if (node === undefined) continue;
    if (!isBranch(node)) leaves.set(prefix + key, node);
    else for (const [path, leaf] of flatten(node, `${prefix}${key}.`)) leaves.set(path, leaf);
  }
  return leaves;
}

/** The paths at which two pieces of data differ, those of the first ahead. */
export function differingPaths(before: Branch, after: Branch): string[] {
  const old = flatten(before);
  const now = flatten(after);
  return [...new Set([...old.keys(), ...now.keys()])].filter(
    (path) => String(old.get(path)) !== String(now.get(path)),
  );
}

/** A copy of plain data with another value at a path that is there; the data as they are where it isn't. */
export function withLeaf<T>(root: T, [key, ...rest]: string[], value: Leaf): T {
  if (typeof root !== 'object' || root === null || !Object.hasOwn(root, key)) return root;
  const old = (root as Record<string, unknown>)[key];
  const changed = rest.length === 0 ? value : withLeaf(old, rest, value);
  return (
    Array.isArray(root)
      ? root.map((item, i) => (i === Number(key) ? changed : item))
      : { ...root, [key]: changed }
  ) as T;
}

/** Without entries that hold nothing: what is equal is equal in every form. */
export const withoutNothing = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;
