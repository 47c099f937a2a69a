/**
 * Text from a URL becomes part of an experiment: the schema says what is wrong with it, and each fault is mended and
 * named, so that whatever comes in, a valid experiment comes out.
 */
import type { z } from 'zod';
import { type Experiment, experimentSchema } from './experiment';
import { type Branch, flatten, isBranch, type Node } from './paths';
import type { Problem } from './problems';
import { usualTuning } from './tasks';
import { shorten } from './urlShape';
import { mayBeAbsent, stagePart, unsaid } from './urlWriting';

/** A path and what the URL says it is; `arms` comes parsed, anything else as text. */
export type Change = [path: string, value: Node];

type Issue = z.core.$ZodIssue;

/** Where an arm comes from: both parts of it, or none. */
const forkPart = /^arms\.\d+\.fork(?=\.|$)/;

/** Decimal numbers alone: no hexadecimal, no Infinity, no blanks. */
const decimal = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Makes the changes that can be made, and adds a problem for each that can't, or only at another value. */
export function applyChanges(base: Experiment, changes: Change[], problems: Problem[]): Experiment {
  const draft: Branch = structuredClone(base);
  const faults = new Map<string, { code: 'urlMalformed' | 'urlOutOfRange'; value: string }>();
  const unknown = (parameter: string) =>
    problems.push({ code: 'urlUnknownParameter', values: { parameter: shorten(parameter) } });

  // A kind decides which other entries there are, so that it comes first.
  for (const [path, value] of inOrder(changes, ([path]) => Number(!isKind(path)))) {
    if (!set(draft, path, value)) unknown(path);
  }
  for (;;) {
    const result = experimentSchema.safeParse(draft);
    if (result.success) {
      const used = flatten(result.data);
      for (const [parameter, { code, value }] of faults) {
        const armIds = result.data.arms.map(({ id }) => id).join(', ');
        const without = mayBeAbsent(parameter) ? unsaid(parameter) : armIds;
        // A teacher's side without a T of its own has the arm's.
        const asBeside = used.get(beside(parameter, 'kind')) ?? used.get(beside(parameter, 'temperature'));
        const kept = used.get(parameter) ?? asBeside ?? without;
        problems.push({ code, values: { parameter, value: shorten(value), used: String(kept) } });
      }
      return result.data;
    }
    // Faults of the whole come before those of its parts, and text that only has to be read is no fault.
    const { issues } = result.error;
    if (issues.filter(read).length > 0) continue;
    const [issue] = inOrder(issues, ({ path }) => path.length);
    mend(issue);
  }

  /** Text is read as what the schema expects in its place; false where it is no such thing. */
  function read(issue: Issue): boolean {
    const path = issue.path.map(String);
    const converted = convert(get(draft, path), issue);
    if (converted !== undefined) put(draft, path, converted);
    return converted !== undefined;
  }

  /** Each call takes one fault away: an unknown entry, a value out of range, or one that is no value at all. */
  function mend(issue: Issue) {
    const path = issue.path.map(String);
    const value = get(draft, path);
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        delete (value as Branch)[key];
        unknown([...path, key].join('.'));
      }
      return;
    }
    // A list of numbers is one parameter.
    const leaf = isList(get(draft, path.slice(0, -1))) ? path.slice(0, -1) : path;
    const parameter = leaf.join('.');
    const asGiven = changes.findLast(([name]) => name === parameter)?.[1] ?? value ?? '';
    const text = typeof asGiven === 'object' ? JSON.stringify(asGiven) : String(asGiven);
    if (typeof value === 'number' && (issue.code === 'too_small' || issue.code === 'too_big')) {
      if (!faults.has(parameter)) faults.set(parameter, { code: 'urlOutOfRange', value: text });
      return put(draft, path, Number(issue.code === 'too_small' ? issue.minimum : issue.maximum));
    }
    faults.set(parameter, { code: 'urlMalformed', value: text });
    const whole = wholeOf(leaf);
    put(draft, whole, structuredClone(get(base, whole)) as Node);
  }

  /** What must be taken back together with a path: all arms where they came as one, all of a choice and its entries. */
  function wholeOf(path: string[]): string[] {
    // What came as one list is taken back as one.
    const [list] = path;
    // A word that can't be withheld says nothing of the text.
    if (path.join('.').endsWith('text.without')) return path;
    const part = (forkPart.exec(path.join('.')) ?? stagePart.exec(path.join('.')))?.[0];
    if (part) return part.split('.');
    if (list === 'others' || changes.some(([name]) => name === list)) return [list];
    for (let length = 1; length < path.length; length++) {
      const parent = get(draft, path.slice(0, length));
      if (isBranch(parent) && Object.hasOwn(parent, 'kind')) return path.slice(0, length);
    }
    return path;
  }
}

/** Copies a list, smallest first; what is alike stays in its order. */
const inOrder = <T>(list: readonly T[], sizeOf: (item: T) => number): T[] =>
  [...list].sort((a, b) => sizeOf(a) - sizeOf(b));

const isList = (node: unknown) => Array.isArray(node) && !isBranch(node);
const isKind = (path: string) => path.endsWith('.kind');
const beside = (path: string, key: string) => `${path.slice(0, path.lastIndexOf('.'))}.${key}`;

function get(root: unknown, path: string[]): unknown {
  let node = root;
  for (const key of path) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined;
    node = (node as Record<string, unknown>)[key];
  }
  return node;
}

function put(root: Branch, path: string[], value: Node): void {
  const parent = get(root, path.slice(0, -1)) as Branch;
  parent[path[path.length - 1]] = value;
}

/** False where there is no such leaf, and nothing was set. */
function set(root: Branch, path: string, value: Node): boolean {
  const keys = path.split('.');
  const key = keys[keys.length - 1];
  const within = keys.slice(0, -1);
  if (forkPart.exec(path)?.[0] === within.join('.') && get(root, within.slice(0, -1)) && !get(root, within))
    put(root, within, {});
  const isSource = /^arms\.\d+\.(later\.\d+\.)?taughtBy$/.test(within.join('.'));
  if (isSource && get(root, within.slice(0, -1)) && !get(root, within)) put(root, within, {});
  const part = stagePart.exec(path)?.[0];
  if (part === path && value === unsaid(path) && get(root, within)) {
    delete (get(root, within) as Branch)[key];
    return true;
  }
  if (part === within.join('.') && get(root, within.slice(0, -1)) && !get(root, within))
    put(root, within, part.endsWith('tuning') ? { ...usualTuning } : {});
  const parent = get(root, within);
  if (!/^[a-zA-Z][a-zA-Z0-9]*$/.test(key) || !isBranch(parent) || Array.isArray(parent)) return false;
  const old = get(parent, [key]);
  if (old === undefined && !Object.hasOwn(parent, 'kind') && !mayBeAbsent(path)) return false;
  if (isBranch(old) && !(keys.length === 1 && Array.isArray(old))) return false;
  // Entries beside another kind mean something else; where nothing is chosen by kind, `kind` is an entry like others.
  const isChoice = Object.hasOwn(parent, 'kind') || isSource;
  if (key === 'kind' && isChoice && old !== value) {
    for (const other of Object.keys(parent)) delete parent[other];
  }
  parent[key] = value;
  return true;
}

/** Text as the type that the schema expects in its place; undefined where it isn't one. */
function convert(value: unknown, issue: Issue): Node | undefined {
  if (issue.code !== 'invalid_type' || typeof value !== 'string') return undefined;
  if (issue.expected === 'number' || issue.expected === 'int') {
    return decimal.test(value) && Number.isFinite(Number(value)) ? Number(value) : undefined;
  }
  if (issue.expected === 'boolean')
    return value === 'true' || value === 'false' ? value === 'true' : undefined;
  if (issue.expected !== 'array') return undefined;
  const items = value === '' ? [] : value.split(',');
  return items.every((item) => decimal.test(item)) ? items.map(Number) : undefined;
}
