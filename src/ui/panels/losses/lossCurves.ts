/** From the run's history to what the chart draws. Plain data in, plain data out. */
import type { Experiment } from '../../../config/experiment';
import { hasTerm, isSoftened } from '../../../config/objective';
import { stageCount, stagesOf } from '../../../config/stages';
import {
  needsTeacher,
  type ReadingId,
  readingIds,
  type ScheduleId,
  scheduleIds,
  scheduleOf,
  type TermId,
  termIds,
  termOf,
} from '../../../methods/registry';
import type { ArmLosses, EvaluationPoint, StepPoint } from '../../../protocol/messages';
import { stageOf } from '../../../store/stage';
import { inStage } from '../../charts/chartData';
import { onOwnWay } from '../../charts/ownWay';
import { bucketMeans, bucketSize, movingAverage } from '../../charts/smoothing';
import { thinned } from '../../charts/thinned';

/** A number that moves with the steps beside the losses. */
export type Moving = ReadingId | ScheduleId;
/** A term of the objective, the weighted sum of all, or what moves beside them. */
export type Quantity = TermId | 'total' | Moving;

const moving: readonly Moving[] = [...readingIds, ...scheduleIds.filter((id) => scheduleOf(id).charted)];
export const isMoving = (quantity: Quantity): quantity is Moving => (moving as string[]).includes(quantity);

/** The order in which they are shown. */
export const quantities: readonly Quantity[] = [...termIds, ...moving, 'total'];

/** Points drawn of one curve at most; fewer where there are many curves, so that drawing them stays short. */
export const mostPoints = (curves: number) => (curves <= 8 ? 300 : 150);
/** Held-out markers drawn of one curve at most, and of all curves together. */
const mostMarkers = { ofOne: 30, ofAll: 240 };
/** With more curves than this one quantity is shown at first: a dozen that cross each other tell nothing. */
const mostAtFirst = 8;
/** A loss that is larger than what it stands beside by more than this would press the others onto the axis. */
const dwarfs = 100;

export interface CurveKey {
  arm: string;
  quantity: Quantity;
  /** Of a fork: the step up to which its curve is that of another arm. */
  from?: number;
}

/** A drawn point: the mean of the steps `from` to `x`, a value under each `curveId`, raw ones under `rawId`. */
export interface LossRow {
  from: number;
  x: number;
  [curve: string]: number | null;
}

export const curveId = ({ arm, quantity }: CurveKey) => `${arm}:${quantity}`;
export const rawId = (key: CurveKey) => `${curveId(key)}:raw`;

/** The value of a term or of the sum, null where it is absent or not finite. */
export function lossOf(losses: ArmLosses | undefined, quantity: Quantity): number | null {
  const value = valueIn(losses, quantity);
  return value !== undefined && Number.isFinite(value) ? value : null;
}

function valueIn(losses: ArmLosses | undefined, quantity: Quantity): number | undefined {
  if (quantity === 'total') return losses?.total;
  return isMoving(quantity) ? losses?.readings?.[quantity] : losses?.terms[quantity];
}

/** The steps of each stage that has begun, by where stages begin; all of them where `starts` says nothing. */
function byStage(steps: readonly StepPoint[], starts: readonly number[]): StepPoint[][] {
  if (starts.length < 2) return steps.length > 0 ? [[...steps]] : [];
  const stages = starts.map((start, i) =>
    steps.filter(({ step }) => step > start && step <= (starts[i + 1] ?? Number.POSITIVE_INFINITY)),
  );
  return stages.filter((own) => own.length > 0);
}

/**
 * The sum, and the terms that an arm has a weight for, in any stage, or had a value of at the first or the last step of one.
 * `starts`: the steps at which stages begin, where there are several.
 */
export function presentQuantities(
  experiment: Experiment,
  steps: StepPoint[],
  starts: readonly number[] = [],
): Quantity[] {
  const { arms, teacher } = experiment;
  const ends = byStage(steps, starts).flatMap((own) => [own[0], own[own.length - 1]]);
  const plans = stagesOf(experiment).flatMap((_, stage) => stageOf(experiment, stage).arms);
  return quantities.filter((quantity) => {
    if (quantity === 'total') return true;
    const possible =
      !isMoving(quantity) &&
      plans.some((plan) => hasTerm(plan, quantity)) &&
      (!needsTeacher(quantity) || teacher.kind !== 'none');
    return possible || ends.some((point) => arms.some(({ id }) => lossOf(point.arms[id], quantity) !== null));
  });
}

export interface LossRows {
  rows: LossRow[];
  /** Entries of the history in one row. */
  entriesPerRow: number;
}

/**
 * Rows of the chart: each curve's moving average over `smoothing` entries, the raw values
 * beside it if they are wanted, and where there are more than `mostPoints` entries the means of several. Nothing is taken
 * together across `starts`, at which stages begin: what is measured there is another thing.
 */
export function lossRows(
  steps: StepPoint[],
  keys: CurveKey[],
  smoothing: number,
  stepsPerEntry: number,
  withRaw: boolean,
  starts: readonly number[] = [],
): LossRows {
  const size = bucketSize(steps.length, mostPoints(keys.length));
  const rows = byStage(steps, starts).flatMap((own) => {
    const stage = starts.findLastIndex((start) => own[0].step > start);
    const ownRows: LossRow[] = [];
    for (let first = 0; first < own.length; first += size) {
      const last = Math.min(first + size, own.length) - 1;
      const from = Math.max(0, own[first].step - stepsPerEntry + 1);
      ownRows.push({ from, x: own[last].step, ...inStage(stage) });
    }
    for (const key of keys) {
      const raw = own.map(({ arms }) => lossOf(arms[key.arm], key.quantity));
      const put = (id: string, values: (number | null)[]) => {
        for (const [i, value] of bucketMeans(values, size).entries()) ownRows[i][id] = value;
      };
      put(curveId(key), movingAverage(raw, smoothing));
      if (withRaw) put(rawId(key), raw);
    }
    return ownRows;
  });
  const ways = keys.flatMap((key) => {
    const { from } = key;
    if (from === undefined) return [];
    return [curveId(key), ...(withRaw ? [rawId(key)] : [])].map((id) => ({ id, from }));
  });
  return { rows: onOwnWay(rows, ways), entriesPerRow: size };
}

/**
 * Held-out values of one of `curves` curves, in order of steps, thinned out evenly where there are many; the newest is
 * always among them.
 */
export function heldOutPoints(
  evaluations: readonly EvaluationPoint[],
  { arm, quantity, from = 0 }: CurveKey,
  curves: number,
): { x: number; y: number }[] {
  const most = Math.max(2, Math.min(mostMarkers.ofOne, Math.floor(mostMarkers.ofAll / curves)));
  const own = evaluations.filter(({ step }) => step >= from);
  return thinned(own, most).flatMap((point) => {
    const y = lossOf(point.arms[arm]?.losses, quantity);
    return y === null ? [] : [{ x: point.step, y }];
  });
}

/**
 * The mean over arms of what each loss was at the first step, or at that of the first stage that has it, in powers of ten; those
 * that are not known are left out.
 */
export function sizesAtFirst(
  steps: readonly StepPoint[],
  starts: readonly number[] = [],
): Partial<Record<Quantity, number>> {
  const firsts = byStage(steps, starts).map(([first]) => sizesAt(first));
  return Object.assign({}, ...firsts.reverse());
}

function sizesAt(point: StepPoint): Partial<Record<Quantity, number>> {
  const arms = Object.values(point.arms);
  const sizes: Partial<Record<Quantity, number>> = {};
  for (const term of termIds) {
    const values = arms.map((arm) => Math.abs(lossOf(arm, term) ?? 0)).filter((value) => value > 0);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    if (values.length > 0) sizes[term] = Math.round(Math.log10(mean));
  }
  return sizes;
}

/**
 * Losses that a linear axis can't share with the others: beyond a hundred times the largest that is in nats, or the smallest
 * where none is.
 */
export function dwarfing(shown: readonly Quantity[], sizes: Partial<Record<Quantity, number>>): Quantity[] {
  const known = shown.flatMap((quantity) => {
    const size = sizes[quantity];
    if (size === undefined || quantity === 'total' || isMoving(quantity)) return [];
    return [{ quantity, size, nats: termOf(quantity).unit === 'nats' }];
  });
  const nats = known.filter((loss) => loss.nats).map(({ size }) => size);
  const beside = nats.length > 0 ? Math.max(...nats) : Math.min(...known.map(({ size }) => size));
  return known.filter(({ size }) => size > beside + Math.log10(dwarfs)).map(({ quantity }) => quantity);
}

/** True where arms learn from targets that are softened at different T. */
export const temperaturesDiffer = ({ arms }: Pick<Experiment, 'arms'>): boolean =>
  new Set(arms.filter(isSoftened).map(({ temperature }) => temperature)).size > 1;

/**
 * What is not shown until someone asks for it: the weighted sum, and losses that dwarf the others; with many curves all but
 * the one that most arms have, L_mlm rather than L_ce where arms differ in T, since their L_ce are different measures.
 */
export function hiddenAtFirst(
  experiment: Experiment,
  available: readonly Quantity[],
  sizes: Partial<Record<Quantity, number>> = {},
): Set<Quantity> {
  const losses = available.filter((quantity) => quantity !== 'total' && !isMoving(quantity)) as TermId[];
  const large = dwarfing(losses, sizes);
  const hidden = new Set<Quantity>(['total', ...large]);
  const { arms } = experiment;
  if (arms.length < 3 || arms.length * losses.length <= mostAtFirst) return hidden;
  const preferred = temperaturesDiffer(experiment) ? 'mlm' : 'ce';
  const armsWith = (term: TermId) => arms.filter((arm) => hasTerm(arm, term)).length;
  const [shown] = losses
    .filter((term) => !large.includes(term))
    .sort((a, b) => armsWith(b) - armsWith(a) || Number(b === preferred) - Number(a === preferred));
  return new Set(quantities.filter((quantity) => quantity !== shown));
}

/** The same over all stages: what any of them would show is shown. */
export function hiddenOverStages(
  experiment: Experiment,
  available: readonly Quantity[],
  sizes: Partial<Record<Quantity, number>> = {},
): Set<Quantity> {
  if (stageCount(experiment) === 1) return hiddenAtFirst(experiment, available, sizes);
  const shown = stagesOf(experiment).flatMap((_, index) => {
    const stage = stageOf(experiment, index);
    const own = presentQuantities(stage, []).filter((quantity) => available.includes(quantity));
    const hidden = hiddenAtFirst(stage, own, sizes);
    return own.filter((quantity) => !hidden.has(quantity));
  });
  return new Set(available.filter((quantity) => !shown.includes(quantity)));
}

/** Smallest and largest value that is drawn; values that a logarithmic axis can't show don't count there. */
export function extentOf(
  rows: LossRow[],
  ids: string[],
  marked: { y: number }[],
  scale: 'linear' | 'log',
): readonly [number, number] | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const add = (value: number | null | undefined) => {
    if (value === null || value === undefined || (scale === 'log' && value <= 0)) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  for (const row of rows) for (const id of ids) add(row[id]);
  for (const { y } of marked) add(y);
  if (high < low) return null;
  return scale === 'log' ? [low, high] : [Math.min(0, low), high];
}
