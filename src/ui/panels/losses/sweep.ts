/** A sweep of T: arms that differ in it alone, and which T came out best, as far as that can be told. */
import type { Arm } from '../../../config/experiment';
import { isSoftened } from '../../../config/objective';
import type { EvaluationPoint, HeldOut } from '../../../protocol/messages';
import { differenceMargin, fewestWords, meansMargin } from '../../margins';
import { mostApart } from '../scoreboard/summary';

/** The arms that learn from the teacher's softened answers, by T, where T is all that tells them apart; null elsewhere. */
export function sweepOf(arms: readonly Arm[]): Arm[] | null {
  const softened = arms.filter(isSoftened);
  const rest = ({ id: _, temperature: __, ...others }: Arm) => JSON.stringify(others);
  const temperatures = new Set(softened.map(({ temperature }) => temperature));
  const alike = softened.every((arm) => rest(arm) === rest(softened[0]));
  if (!alike || softened.length < 2 || temperatures.size < softened.length) return null;
  return [...softened].sort((a, b) => a.temperature - b.temperature);
}

export interface SweepPoint {
  arm: Arm;
  quality: HeldOut;
}

export interface Best {
  best: SweepPoint;
  /** Others that it can't be told apart from, by T. */
  alike: SweepPoint[];
  /** How far two of them must lie apart to be told apart, about; null where it is not known. */
  margin: number | null;
}

/** What was measured of each arm of a sweep; null while one is missing. */
export function sweepPoints(sweep: readonly Arm[], point: EvaluationPoint | null): SweepPoint[] | null {
  const points = sweep.flatMap((arm) => {
    const quality = point?.arms[arm.id];
    return quality ? [{ arm, quality }] : [];
  });
  return points.length === sweep.length ? points : null;
}

/** The arm closest to the teacher at T = 1; null without a teacher or with too few words. */
export function closest(points: readonly SweepPoint[], words: number): Best | null {
  const known = points.every(({ quality }) => quality.klToTeacher !== null);
  if (!known || words < fewestWords) return null;
  return bestOf(
    points,
    ({ klToTeacher }) => -klToTeacher!,
    (a, b) => meansMargin(a.klError, b.klError, points.length),
  );
}

/** The arm with the most masked words right; null with too few words. */
export function mostRight(points: readonly SweepPoint[], words: number): Best | null {
  if (words < fewestWords) return null;
  return bestOf(
    points,
    ({ accuracy }) => accuracy,
    (a, b) =>
      differenceMargin(
        { first: a.accuracy, second: b.accuracy, apart: mostApart(a, b), words },
        points.length,
      ),
  );
}

function bestOf(
  points: readonly SweepPoint[],
  score: (quality: HeldOut) => number,
  marginOf: (a: HeldOut, b: HeldOut) => number | null,
): Best {
  const best = points.reduce((a, b) => (score(b.quality) > score(a.quality) ? b : a));
  const others = points.filter((point) => point !== best);
  const margins = others.map(({ quality }) => marginOf(best.quality, quality));
  const alike = others.filter(({ quality }, i) => {
    const margin = margins[i];
    return margin !== null && score(best.quality) - score(quality) <= margin;
  });
  const known = margins.filter((margin) => margin !== null);
  return { best, alike, margin: known.length > 0 ? Math.max(...known) : null };
}
