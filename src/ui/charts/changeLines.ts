/** Live numbers that were changed while a run went on, as the lines that charts draw. Plain data in, plain data out. */
import type { Experiment } from '../../config/experiment';
import { forksIn } from '../../config/forks';
import { hasTerm, isSoftened } from '../../config/objective';
import { plansOf, stageOfPath } from '../../config/stages';
import { type DialId, isDial, isTerm, type TermId } from '../../methods/registry';
import type { NumberChange } from '../../protocol/messages';

/** What was changed: T, the learning rate, the weight of a loss, or a dial; anything else goes by the end of its path. */
export type ChangedWhat =
  | 'temperature'
  | 'teacherTemperature'
  | 'learningRate'
  | { term: TermId }
  | { dial: DialId }
  /** An arm goes its own way: its id, and that of whom it leaves. */
  | { fork: string; of: string }
  | { other: string };

export interface ChangedNumber {
  what: ChangedWhat;
  /** From the first to the last value; the farthest between them where it came back to where it was; none of a fork. */
  values: number[];
  /** Ids of the arms; null where it is of all that it concerns. */
  arms: string[] | null;
}

/** Changes at one step, or so close together that one line stands for them. */
export interface ChangeLine {
  /** The next update after `from` is the first with a new value, the one after `to` the first with all of them. */
  from: number;
  to: number;
  numbers: ChangedNumber[];
}

/** Lines drawn at most; changes are taken together until they are no more. */
const mostLines = 8;
/** Changes closer than this share of the axis are one line: a slider that is dragged makes many. */
const closest = 0.03;

/** The lines of a chart over the steps 0 to `end`. Changes are in the order of steps. */
export function changeLines(
  all: readonly NumberChange[],
  arms: Experiment['arms'],
  end: number,
  most = mostLines,
): ChangeLine[] {
  // What was set before the first update is how the run began.
  const changes = all.filter(({ step }) => step > 0);
  if (changes.length === 0) return withForks([], arms);
  let gap = Math.max(1, closest * end);
  let groups = grouped(changes, gap);
  while (groups.length > most) {
    gap *= 2;
    groups = grouped(changes, gap);
  }
  const lines = groups.map((group) => ({
    from: group[0].step,
    to: group[group.length - 1].step,
    numbers: numbersOf(group, arms),
  }));
  return withForks(lines, arms);
}

/** The lines with those where arms go their own way, in order. */
function withForks(lines: readonly ChangeLine[], arms: Experiment['arms']): ChangeLine[] {
  const all = [...lines];
  for (const { id, fork } of forksIn({ arms })) {
    const number: ChangedNumber = { what: { fork: id, of: fork.of }, values: [], arms: [id] };
    const at = all.findIndex(({ from }) => from === fork.step);
    if (at < 0) all.push({ from: fork.step, to: fork.step, numbers: [number] });
    else all[at] = { ...all[at], numbers: [...all[at].numbers, number] };
  }
  return all.sort((a, b) => a.from - b.from);
}

/** Runs of changes of which each is less than `gap` after the one before. */
function grouped(changes: readonly NumberChange[], gap: number): NumberChange[][] {
  const groups: NumberChange[][] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    if (last && change.step - last[last.length - 1].step < gap) last.push(change);
    else groups.push([change]);
  }
  return groups;
}

function numbersOf(group: NumberChange[], arms: Experiment['arms']): ChangedNumber[] {
  const paths = [...new Set(group.map(({ path }) => path))];
  const numbers: (ChangedNumber & { stage: number })[] = [];
  for (const path of paths) {
    const { stage, path: own } = stageOfPath(path);
    const { what, arm } = read(own, arms);
    const values = valuesOf(group.filter((change) => change.path === path));
    const same = numbers.find(
      (other) =>
        other.stage === stage &&
        String(other.values) === String(values) &&
        nameOf(other.what) === nameOf(what),
    );
    if (same && arm !== null) same.arms = [...(same.arms ?? []), arm];
    else numbers.push({ stage, what, values, arms: arm === null ? null : [arm] });
  }
  return numbers.map(({ stage, ...number }) => ({
    ...number,
    arms: toldArms(number, armsIn(arms, stage)),
  }));
}

/** The arms with their plans of one stage. */
const armsIn = (arms: Experiment['arms'], stage: number) =>
  stage === 0 ? arms : arms.map((arm) => ({ ...arm, ...plansOf(arm)[stage] }));

/** One number's way through its changes. */
function valuesOf(changes: NumberChange[]): number[] {
  const first = changes[0].before;
  const last = changes[changes.length - 1].value;
  if (first !== last) return [first, last];
  const away = ({ value }: NumberChange) => Math.abs(Math.log(value) - Math.log(first));
  const farthest = changes.reduce((a, b) => (away(b) > away(a) ? b : a)).value;
  return [first, farthest, last];
}

function read(path: string, arms: Experiment['arms']): { what: ChangedWhat; arm: string | null } {
  const [, index, part, name] = /^arms\.(\d+)\.(?:(weights|dials)\.)?(\w+)$/.exec(path) ?? [];
  const end = name ?? path.slice(path.lastIndexOf('.') + 1);
  return {
    what: whatOf(part, end),
    arm: index === undefined ? null : (arms[Number(index)]?.id ?? null),
  };
}

function whatOf(part: string | undefined, name: string): ChangedWhat {
  if (part === 'weights' && isTerm(name)) return { term: name };
  if (part === 'dials' && isDial(name)) return { dial: name };
  const known = (['temperature', 'teacherTemperature', 'learningRate'] as const).find(
    (what) => what === name,
  );
  return known ?? { other: name };
}

export const nameOf = (what: ChangedWhat): string =>
  typeof what === 'string' ? what : Object.values(what)[0];

/** Whose change it was, unless it was everyone's: T concerns arms that learn from softened targets, a weight those that have it. */
function toldArms({ what, arms: changed }: ChangedNumber, arms: Experiment['arms']): string[] | null {
  if (changed === null) return null;
  const concerned = arms
    .filter((arm) => {
      if (what === 'temperature' || what === 'teacherTemperature') return isSoftened(arm);
      return typeof what === 'string' || !('term' in what) || hasTerm(arm, what.term);
    })
    .map(({ id }) => id);
  if (concerned.every((id) => changed.includes(id))) return null;
  return changed;
}

export interface PlacedLabel {
  /** From 0, the uppermost. */
  row: number;
  /** Pixels from the left end of the axis. */
  left: number;
}

/**
 * Where the labels of lines at `positions` (pixels, upwards) stand, `widths` pixels wide, on an axis of `length` pixels:
 * right of their line, left of it at the end of the axis, each in the first row where it overlaps no other; null where
 * `rows` rows have no place for it.
 */
export function placeLabels(
  positions: readonly number[],
  widths: readonly number[],
  length: number,
  rows: number,
): (PlacedLabel | null)[] {
  const taken: [number, number][][] = Array.from({ length: rows }, () => []);
  return positions.map((position, i) => {
    const width = widths[i];
    if (width > length) return null;
    const left = Math.max(0, Math.min(position + beside, length - width));
    const row = taken.findIndex((spans) =>
      spans.every(([from, to]) => left + width + apart <= from || to + apart <= left),
    );
    if (row < 0) return null;
    taken[row].push([left, left + width]);
    return { row, left };
  });
}

/** Pixels between a line and its label, and between labels. */
const beside = 3;
const apart = 4;
