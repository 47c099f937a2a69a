/** What the wired pairs of a student come to, over the steps and beside all others. */
import type { Plan } from '../../../config/experiment';
import {
  type LayerLikeness,
  type LikenessMeasure,
  type LikenessPoint,
  likenessAt,
  sameLevels,
} from '../../../config/likeness';
import { choiceOf, hasTerm, replacementsOf } from '../../../config/objective';
import type { TermId } from '../../../methods/registry';
import type { LikenessRecord } from '../../../store/likenessRecord';

/** Losses that go layer by layer, as the mapping has it. */
const byLayer: readonly TermId[] = ['attn', 'hidn', 'patient'];

/** Those of them that a plan has; where TinyBERT's draw their layers, the mapping says nothing to them. */
export const termsOfWires = (plan: Pick<Plan, 'weights' | 'choices'>): TermId[] =>
  byLayer.filter(
    (term) => hasTerm(plan, term) && (term === 'patient' || choiceOf(plan, 'layers') === 'fixed'),
  );

/** Whether a student learns by its wires at all. */
export const goesByWires = (plan: Plan) => termsOfWires(plan).length > 0 || replacementsOf(plan).length > 0;

/** A map of one student, and when it was measured. */
export interface Measured {
  step: number;
  likeness: LayerLikeness;
}

const measured = (point: LikenessPoint | null | undefined, arm: string): Measured | null => {
  const likeness = point?.arms[arm];
  return point && likeness ? { step: point.step, likeness } : null;
};

/** The newest map of a student that has so many levels, as those it learns from; null where there is none. */
export function newestMap({ points }: LikenessRecord, arm: string, levels: number, sources: number) {
  const newest = measured(points[points.length - 1], arm);
  const fits = newest?.likeness.cka.length === levels && newest.likeness.cka[0].length === sources;
  return fits ? newest : null;
}

/** What the present map can be compared with: the first that was measured of this run, and the last of the run before. */
export type Reference = 'first' | 'earlier';

export function referencesOf(
  { points, earlier }: LikenessRecord,
  arm: string,
  now: Measured,
): Partial<Record<Reference, Measured>> {
  const stage = points[points.length - 1]?.stage ?? 0;
  const first = measured(
    points.find((point) => (point.stage ?? 0) === stage),
    arm,
  );
  const before = measured(earlier, arm);
  return {
    ...(first && first.step < now.step && sameLevels(first.likeness, now.likeness) && { first }),
    ...(before && sameLevels(before.likeness, now.likeness) && { earlier: before }),
  };
}

/** Mean over pairs of layers, those that are wired and all others; null where there are no figures. */
export function meansOf(
  likeness: LayerLikeness,
  of: LikenessMeasure,
  mapping: readonly number[],
): { wired: number | null; others: number | null } {
  const wired: number[] = [];
  const others: number[] = [];
  for (let level = 1; level < likeness.cka.length; level++) {
    for (let source = 1; source < likeness.cka[0].length; source++) {
      const value = likenessAt(likeness, of, level, source);
      if (value !== null) (mapping[level - 1] === source ? wired : others).push(value);
    }
  }
  const mean = (values: number[]) =>
    values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
  return { wired: mean(wired), others: mean(others) };
}

/** The student's layers whose wires can't be: to a layer that there isn't, or lower than the one before. */
export const faultyLevels = (mapping: readonly number[], sourceLayers: number): number[] =>
  mapping.flatMap((source, m) => (source > sourceLayers || source < mapping[m - 1] ? [m + 1] : []));

/** One wired pair over the steps of a run. */
export interface PairCurve {
  /** Of the student; 0: the embeddings. */
  level: number;
  source: number;
  points: { step: number; value: number }[];
}

/** The pairs that the run has wired, the embeddings first, at every step that was measured in the stage at hand. */
export function pairCurves({ points }: LikenessRecord, arm: string, of: LikenessMeasure): PairCurve[] {
  const newest = points[points.length - 1];
  const mapping = newest?.arms[arm]?.mapping;
  if (!mapping) return [];
  const stage = newest.stage ?? 0;
  return [0, ...mapping].map((source, level) => ({
    level,
    source,
    points: points.flatMap((point) => {
      const likeness = point.arms[arm];
      const value = likeness && (point.stage ?? 0) === stage ? likenessAt(likeness, of, level, source) : null;
      return value === null ? [] : [{ step: point.step, value }];
    }),
  }));
}

/** Places of labels that want to be at `wanted`, in their order along the axis, at least `apart` from each other and within 0 and `end`. */
export function spread(wanted: readonly number[], apart: number, end: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]);
  const places: number[] = [];
  order.forEach((at, i) => {
    places[at] = i === 0 ? wanted[at] : Math.max(wanted[at], places[order[i - 1]] + apart);
  });
  for (let i = order.length - 1, most = end; i >= 0; i--, most -= apart) {
    places[order[i]] = Math.max(0, Math.min(places[order[i]], most));
  }
  return places;
}
