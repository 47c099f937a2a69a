/** The conventions against T, and which of them are the same curve. */

import type { Slices } from '../../../data/work';
import { curveTemperatures } from '../microscope/soften';
import { type ConventionId, conventionIds, conventions } from './conventions';

/** One row of logits of each, [V]. */
export interface Rows {
  teacher: ArrayLike<number>;
  student: ArrayLike<number>;
}

/** What a convention makes of the rows at one T. */
export interface Reading {
  value: number;
  /** ‖∂L/∂z_s‖₂. */
  norm: number;
}

export type Readings = Record<ConventionId, Reading>;

const length = (values: Float64Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

const readOne = (id: ConventionId, { teacher, student }: Rows, temperature: number): Reading => ({
  value: conventions[id].value(teacher, student, temperature),
  norm: length(conventions[id].gradient(teacher, student, temperature)),
});

/** Every convention at one T. */
export const readAt = (rows: Rows, temperature: number) =>
  Object.fromEntries(conventionIds.map((id) => [id, readOne(id, rows, temperature)])) as Readings;

/** T of these curves: four for each doubling, since one point takes as long as ten of the microscope. */
export const lensTemperatures = curveTemperatures.filter((_, i) => i % 2 === 0);

/** At every T of the curves, a slice for each convention. */
export function* readAll(rows: Rows): Slices<Readings[]> {
  const all: Readings[] = [];
  for (const temperature of lensTemperatures) {
    const entries: [ConventionId, Reading][] = [];
    for (const id of conventionIds) {
      entries.push([id, readOne(id, rows, temperature)]);
      yield all.length / lensTemperatures.length;
    }
    all.push(Object.fromEntries(entries) as Readings);
  }
  return all;
}

/** Curves that are never further apart than this share of the larger one can't be told apart in a chart. */
export const alikeWithin = 0.002;

const alike = (a: readonly number[], b: readonly number[]) =>
  a.every((x, i) => Math.abs(x - b[i]) <= alikeWithin * Math.max(Math.abs(x), Math.abs(b[i])));

/** Conventions whose figure is the same at every T, together, in the order of the list. */
export function groupsOf(all: readonly Readings[], figure: keyof Reading): ConventionId[][] {
  const curveOf = (id: ConventionId) => all.map((at) => at[id][figure]);
  const groups: ConventionId[][] = [];
  for (const id of conventionIds) {
    const same = groups.find(([first]) => alike(curveOf(first), curveOf(id)));
    if (same) same.push(id);
    else groups.push([id]);
  }
  return groups;
}
